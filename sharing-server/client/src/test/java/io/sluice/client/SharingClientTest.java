package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharingClientTest {
    private static final TableRef TABLE = new TableRef("s", "a", "t");
    private static final String HEADER = "{\"protocol\":{\"minReaderVersion\":1}}\n"
            + "{\"metaData\":{\"id\":\"i\",\"schemaString\":\"{}\",\"partitionColumns\":[\"p\"]}}\n";
    private static final String FILE =
            "{\"file\":{\"url\":\"http://x/f\",\"id\":\"f\",\"size\":3,\"partitionValues\":{\"p\":null}}}\n";
    private static final String END = "{\"endStreamAction\":{}}\n";
    private static final String[] PROMISE = {
        "Delta-Table-Version", "7", "delta-sharing-capabilities", "responseformat=parquet;includeendstreamaction=true"
    };

    private final List<Duration> pauses = new ArrayList<>();
    private ScriptedServer server;
    private SharingClient client;

    @BeforeEach
    void aServer() throws IOException {
        server = new ScriptedServer();
        Profile profile = new Profile(server.base(), "token", Optional.empty());
        client = new SharingClient(
                profile,
                new Retries(3, Duration.ofSeconds(1), Duration.ofSeconds(60)),
                Long.MAX_VALUE,
                pauses::add,
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyPageIsRead() throws IOException {
        server.then(200, "{\"items\":[{\"name\":\"a\"}],\"nextPageToken\":\"x+/=\"}")
                .then(200, "{}");

        assertThat(client.shares()).containsExactly("a");
        assertThat(server.asked).containsExactly("GET /shares", "GET /shares?pageToken=x%2B%2F%3D");
        assertThat(server.authorizations).containsOnly("Bearer token");
    }

    @Test
    void namesAreEncodedForTheirPlaceInTheUrl() throws IOException {
        server.then(200, "{}");

        client.tables("a share", "b?c");

        assertThat(server.asked).containsExactly("GET /shares/a%20share/schemas/b%3Fc/tables");
    }

    @Test
    void busyAndBrokenServersAreAskedAgainWhenTheySay() throws IOException {
        server.then(429, "", "Retry-After", "17").then(503, "").then(200, "", "Delta-Table-Version", "7");

        assertThat(client.version(TABLE)).isEqualTo(7);
        assertThat(pauses).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(2));
    }

    @Test
    void patienceEndsAndWaitingHasABound() {
        server.then(503, "", "Retry-After", "99999")
                .then(503, "", "Retry-After", "soon")
                .then(503, "{\"errorCode\":\"TEMPORARILY_UNAVAILABLE\",\"message\":\"m\"}");

        assertThatThrownBy(() -> client.version(TABLE))
                .isInstanceOfSatisfying(SharingException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(503);
                    assertThat(refusal.code()).isEqualTo("TEMPORARILY_UNAVAILABLE");
                })
                .hasMessage("m");
        assertThat(pauses).containsExactly(Duration.ofSeconds(60), Duration.ZERO);
    }

    @Test
    void otherRefusalsAreFinalAndTellWhatTheServerSaid() {
        server.then(403, "{\"errorCode\":\"PERMISSION_DENIED\",\"message\":\"no\"}")
                .then(401, "plain words");

        assertThatThrownBy(client::shares).isInstanceOf(SharingException.class).hasMessage("no");
        assertThatThrownBy(client::shares).hasMessageContaining("401").hasMessageContaining("plain words");
        assertThat(pauses).isEmpty();
    }

    @Test
    void filesAreReadUntilTheEnd() throws IOException {
        server.then(200, HEADER + FILE + FILE + END, PROMISE);

        try (QueryAnswer answer = client.query(TABLE, Query.all().withLimit(5))) {
            assertThat(answer.version()).isEqualTo(7);
            assertThat(answer.metadata().partitionColumns()).containsExactly("p");
            RemoteFile first = answer.next().orElseThrow();
            assertThat(first.partitionValues()).isEqualTo(Map.of("p", Optional.empty()));
            assertThat(answer.next()).isPresent();
            assertThat(answer.next()).isEmpty();
            assertThat(answer.next()).isEmpty();
        }
    }

    @Test
    void anAnswerWithoutItsPromisedEndIsAskedForAgainAndAnErrorAtLast() throws IOException {
        String brokenOff = HEADER + FILE;
        server.then(200, brokenOff, PROMISE)
                .then(200, HEADER + FILE + END, PROMISE)
                .then(200, brokenOff, PROMISE)
                .then(200, brokenOff, PROMISE)
                .then(200, brokenOff, PROMISE);

        try (QueryAnswer second = client.query(TABLE, Query.all())) {
            assertThat(second.next()).isPresent();
            assertThat(second.next()).as("nothing is told twice").isEmpty();
        }
        try (QueryAnswer broken = client.query(TABLE, Query.all())) {
            assertThatThrownBy(broken::next)
                    .isInstanceOf(SharingException.class)
                    .hasMessageContaining("last line");
        }
        assertThat(pauses).hasSize(3);
    }

    @Test
    void anAnswerThatPromisesNoEndMayJustEnd() throws IOException {
        server.then(200, HEADER + FILE, "Delta-Table-Version", "7");

        try (QueryAnswer answer = client.query(TABLE, Query.all())) {
            answer.next();
            assertThat(answer.next()).isEmpty();
        }
    }

    @Test
    void pagesAreFollowedAndMustTellTheSameTable() throws IOException {
        String more = "{\"endStreamAction\":{\"nextPageToken\":\"p2\"}}\n";
        server.then(200, HEADER + FILE + more, PROMISE)
                .then(200, HEADER + FILE + FILE + END, PROMISE)
                .then(200, HEADER + FILE + more, PROMISE)
                .then(200, HEADER.replace("[\"p\"]", "[]") + FILE + END, PROMISE);

        try (QueryAnswer answer = client.query(TABLE, Query.all())) {
            int files = 0;
            while (answer.next().isPresent()) files++;
            assertThat(files).isEqualTo(3);
        }
        assertThat(server.bodies.get(0)).contains("\"maxFiles\":1000").contains("\"includeRefreshToken\":true");
        assertThat(server.bodies.get(1)).contains("\"pageToken\":\"p2\"").doesNotContain("RefreshToken");
        try (QueryAnswer answer = client.query(TABLE, Query.all())) {
            answer.next();
            assertThatThrownBy(answer::next).hasMessageContaining("changed while it was read");
        }
    }

    @Test
    void anErrorInTheLastLineIsAnError() throws IOException {
        server.then(
                200,
                HEADER + "{\"endStreamAction\":{\"errorMessage\":\"late\",\"httpStatusErrorCode\":500}}\n",
                PROMISE);

        try (QueryAnswer answer = client.query(TABLE, Query.all())) {
            assertThatThrownBy(answer::next).hasMessage("late");
        }
    }

    @Test
    void aTableForNewerReadersIsRefused() {
        server.then(200, "{\"protocol\":{\"minReaderVersion\":3}}\n", PROMISE);

        assertThatThrownBy(() -> client.query(TABLE, Query.all())).hasMessageContaining("version 3");
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws IOException {
        server.then(exchange -> {
                    exchange.sendResponseHeaders(206, 10);
                    exchange.getResponseBody().write("abcd".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    throw new IOException("cut");
                })
                .then(206, "efghij");
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        client.download(file(10), target);

        assertThat(target).hasToString("abcdefghij");
        assertThat(server.asked).containsExactly("GET /file bytes=0-9", "GET /file bytes=4-9");
        assertThat(server.authorizations).as("file URLs carry their own right").containsOnly("null");
    }

    @Test
    void aFileThatIsTooShortIsAnError() {
        server.then(206, "abc").then(206, "");

        assertThatThrownBy(() -> client.download(file(10), new ByteArrayOutputStream()))
                .hasMessageContaining("3 of 10");
    }

    @Test
    void rangesAreReadAlsoFromServersThatGiveTheWholeFile() throws IOException {
        server.then(206, "cd").then(200, "abcdef");

        assertThat(client.read(file(6), 2, 2)).asString(StandardCharsets.UTF_8).isEqualTo("cd");
        assertThat(client.read(file(6), 2, 2)).asString(StandardCharsets.UTF_8).isEqualTo("cd");
        assertThatThrownBy(() -> client.read(file(6), 5, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private RemoteFile file(long size) {
        URI url = URI.create(server.base() + "/file");
        return new RemoteFile(url, "f", size, Map.of(), Optional.empty(), Optional.empty());
    }
}
