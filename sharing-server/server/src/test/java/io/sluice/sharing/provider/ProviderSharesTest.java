package io.sluice.sharing.provider;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.sluice.client.ListedTable;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.wire.ProviderJson;
import io.sluice.sharing.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers' servers of every temper, asked over HTTP. */
class ProviderSharesTest {
    private static final ProviderName ACME = ProviderName.of("acme");
    private static final String TOKEN = "very-secret-token";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private World world;
    private HttpServer server;
    private HttpHandler temper = exchange -> exchange.sendResponseHeaders(500, -1);

    @BeforeEach
    void aWorldAndAServerOfSomebodyElse() throws IOException {
        world = new World(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            try (exchange) {
                temper.handle(exchange);
            }
        });
        server.start();
        create("{\"shareCredentialsVersion\":1,\"endpoint\":\"%s\",\"bearerToken\":\"%s\"}".formatted(url(), TOKEN));
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void sharesAreAskedForWithTheTokenAndListedPageByPage() {
        temper = exchange -> answer(exchange, 200, "{\"items\":[{\"name\":\"b\"},{\"name\":\"a\"}]}");

        var first =
                world.providerShares.shares(ADMIN, ACME, PageRequest.ofManagement(Optional.of("1"), Optional.empty()));
        var second =
                world.providerShares.shares(ADMIN, ACME, PageRequest.ofManagement(Optional.of("1"), first.nextToken()));

        assertThat(first.items()).containsExactly("a");
        assertThat(second.items()).containsExactly("b");
        assertThat(asked).containsOnly("GET /shares Bearer " + TOKEN);
    }

    @Test
    void noMoreTablesAreFetchedThanAreWanted() {
        temper = exchange -> answer(
                exchange,
                200,
                "{\"items\":[{\"share\":\"s\",\"schema\":\"x\",\"name\":\"t\",\"id\":\"1\"}],\"nextPageToken\":\"n\"}");

        List<ListedTable> tables = world.providerShares.tables(ADMIN, ACME, "s", 2);

        assertThat(tables).hasSize(2);
        assertThat(asked).hasSize(2);
        assertThat(ProviderJson.assets("s", tables.subList(0, 1)))
                .hasToString("{\"share\":{\"name\":\"s\"},\"tables\":[{\"name\":\"t\",\"schema\":\"x\",\"share\":\"s\","
                        + "\"id\":\"1\"}],\"volumes\":[],\"functions\":[],\"notebooks\":[]}");
    }

    @Test
    void theHouseAsksForTablesAndColumnsByTheProvidersId() {
        ProviderId id = world.providers.get(ADMIN, ACME).id();
        temper = exchange ->
                answer(exchange, 200, "{\"items\":[{\"share\":\"s\",\"schema\":\"EU\",\"name\":\"Orders\"}]}");
        assertThat(world.providerShares.requireShare(ADMIN, ACME, "s")).isEqualTo(id);
        assertThat(world.providerShares.tables(id, "s")).containsExactly(new ProviderTable("eu", "orders"));

        temper = exchange -> {
            exchange.getResponseHeaders().add("Delta-Table-Version", "3");
            answer(
                    exchange,
                    200,
                    "{\"protocol\":{\"minReaderVersion\":1}}\n{\"metaData\":{\"id\":\"1\",\"format\":{},"
                            + "\"schemaString\":\"{}\",\"partitionColumns\":[\"day\"]}}\n");
        };
        assertThat(world.providerShares.columns(id, "s", new ProviderTable("eu", "orders")))
                .isEqualTo(new ProviderTable.Columns("{}", List.of("day")));
        assertThat(asked.get(asked.size() - 1))
                .isEqualTo("GET /shares/s/schemas/eu/tables/orders/metadata Bearer " + TOKEN);
    }

    @Test
    void metadataThatNeverEndsIsNotTakenIntoMemory() {
        ProviderId id = world.providers.get(ADMIN, ACME).id();
        temper = exchange -> {
            exchange.getResponseHeaders().add("Delta-Table-Version", "3");
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            Arrays.fill(chunk, (byte) ' ');
            for (int i = 0; i < 256; i++) exchange.getResponseBody().write(chunk);
        };

        assertThatThrownBy(() -> world.providerShares.columns(id, "s", new ProviderTable("eu", "orders")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED_ELSEWHERE))
                .hasMessageContaining("longer than");
    }

    @Test
    void anOAuthClientFetchesItsTokenFirst() {
        update(
                "{\"shareCredentialsVersion\":2,\"type\":\"oauth_client_credentials\",\"endpoint\":\"%s\",\"tokenEndpoint\":"
                                .formatted(url())
                        + "\"%s/token\",\"clientId\":\"us\",\"clientSecret\":\"%s\"}".formatted(url(), TOKEN));
        temper = exchange -> answer(
                exchange,
                200,
                exchange.getRequestURI().getPath().equals("/token")
                        ? "{\"access_token\":\"short\",\"expires_in\":60}"
                        : "{\"items\":[{\"name\":\"a\"}]}");

        assertThat(shares()).containsExactly("a");
        assertThat(asked.get(0)).startsWith("POST /token Basic ");
        assertThat(asked.get(1)).isEqualTo("GET /shares Bearer short");
    }

    @Test
    void refusalsAreToldInTheServersWordsButWithoutTheToken() {
        temper = exchange -> answer(exchange, 403, "{\"errorCode\":\"NO\",\"message\":\"go away, " + TOKEN + "\"}");

        assertFails(FailureKind.REFUSED_ELSEWHERE)
                .hasMessageContaining("go away, ...")
                .hasMessageContaining("403")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void whatIsMissingThereIsMissingHere() {
        temper = exchange -> answer(exchange, 404, "{\"errorCode\":\"X\",\"message\":\"no share of that name\"}");

        assertThatThrownBy(() -> world.providerShares.tables(ADMIN, ACME, "s", 1))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND))
                .hasMessageContaining("no share of that name");
    }

    @Test
    void aShareNameIsNoStepToAnotherPlace() {
        for (String name : List.of("..", ".", "a/b", "a b", ""))
            assertThatThrownBy(() -> world.providerShares.tables(ADMIN, ACME, name, 1))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID));
        assertThat(asked).isEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() {
        temper = exchange -> {
            exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        };

        assertFails(FailureKind.REFUSED_ELSEWHERE).hasMessageContaining("elsewhere (302)");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aFailingServerIsAskedOnceMoreAndToldAsUnavailable() {
        temper = exchange -> answer(exchange, 503, "{\"message\":\"asleep\"}");

        assertFails(FailureKind.UNAVAILABLE).hasMessageContaining("asleep");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aServerThatIsGoneIsUnavailable() {
        server.stop(0);

        assertFails(FailureKind.UNAVAILABLE).hasMessageContaining("cannot be reached");
    }

    @Test
    void anAnswerThatTricklesForEverIsLetGo() {
        // Patience is short here, so that its end is certain; all other tests have more than they need.
        temper = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        };
        ProfileVault vault = new ProfileVault(world.kms, () -> "local-kms://provider-profiles");
        ProviderProfile profile = vault.open(world.providers.get(ADMIN, ACME));

        try (RemoteShares hasty = new RemoteShares(Duration.ofMillis(100))) {
            assertThatThrownBy(() -> hasty.shares(ACME, profile, 1))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE))
                    .hasMessageContaining("did not answer within");
        }
    }

    @Test
    void anAnswerLongerThanAnybodyWantsIsRefused() {
        temper = exchange -> answer(exchange, 200, "{\"x\":\"" + "y".repeat(9_000_000) + "\"}");

        assertFails(FailureKind.REFUSED_ELSEWHERE).hasMessageContaining("longer than");
    }

    @Test
    void whatIsNoJsonIsTold() {
        temper = exchange -> answer(exchange, 200, "<html>");

        assertFails(FailureKind.REFUSED_ELSEWHERE).hasMessageContaining("not JSON");
    }

    private List<String> shares() {
        return world.providerShares
                .shares(ADMIN, ACME, PageRequest.ofManagement(Optional.empty(), Optional.empty()))
                .items();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(FailureKind kind) {
        return assertThatThrownBy(this::shares)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private void create(String profile) {
        world.providers.create(
                ADMIN, new NewProvider(ACME, Optional.empty(), Optional.empty(), ProviderProfile.parse(profile)));
    }

    private void update(String profile) {
        world.providers.update(
                ADMIN,
                ACME,
                new ProviderPatch(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ProviderProfile.parse(profile))));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
