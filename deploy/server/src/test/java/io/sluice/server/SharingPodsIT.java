package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.server.PackagedServer.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Recipients at three pods: each lets the same people in to the same tables, and one of them keeps each table's index. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharingPodsIT {
    private static final int PODS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOADS = "sluice_share_index_loads_total";
    private static final String BROUGHT = "sluice_share_index_brought_total";

    @TempDir
    private static Path folder;

    private static PackagedCluster cluster;
    private static Profile demo;
    private static Profile sealed;

    /** Of a recipient who reads one share. */
    private record Profile(String recipient, String token, String share) {
        static Profile read(String recipient) throws Exception {
            String token = JSON.readTree(
                            folder.resolve("data/" + recipient + ".share").toFile())
                    .path("bearerToken")
                    .asText();
            JsonNode shares =
                    cluster.pod(0).as(token).get("/delta-sharing/shares").json();
            return new Profile(recipient, token, shares.at("/items/0/name").asText());
        }

        PackagedServer at(int pod) throws Exception {
            return cluster.pod(pod).as(token);
        }

        List<String> tables() throws Exception {
            List<String> paths = new ArrayList<>();
            JsonNode all = at(0).get("/delta-sharing/shares/" + share + "/all-tables")
                    .json()
                    .path("items");
            for (JsonNode table : all)
                paths.add("/delta-sharing/shares/%s/schemas/%s/tables/%s"
                        .formatted(
                                share,
                                table.path("schema").asText(),
                                table.path("name").asText()));
            assertThat(paths).isNotEmpty();
            return paths;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        cluster = PackagedCluster.start(folder.resolve("data"), PODS);
        demo = Profile.read("demo");
        sealed = Profile.read("demo-sealed");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void aTableIsReadAlikeAtEachPod() throws Exception {
        for (String table : demo.tables()) {
            Answer first = query(demo, 0, table);
            for (int pod = 1; pod < PODS; pod++) {
                Answer other = query(demo, pod, table);
                assertThat(other.body().lines())
                        .hasSameSizeAs(first.body().lines().toList());
                for (String header : List.of("Content-Type", "Delta-Table-Version"))
                    assertThat(other.response().headers().firstValue(header))
                            .isPresent()
                            .isEqualTo(first.response().headers().firstValue(header));
            }
            URI file = fileOf(first);
            for (int pod = 0; pod < PODS; pod++)
                assertThat(cluster.pod(pod).get(pathOf(file)).status()).isEqualTo(200);
        }
    }

    @Test
    void aRevokedGrantIsRefusedByTheOthersOnTheVeryNextRequest() throws Exception {
        String table = demo.tables().get(0);
        String file = pathOf(fileOf(query(demo, 0, table)));
        for (int round = 0; round < 30; round++) {
            int pod = round % PODS;
            permit(pod, "remove");
            for (int step = 1; step <= PODS; step++) {
                int other = (pod + step) % PODS;
                assertThat(settled(() -> demo.at(other).get(table + "/version")))
                        .as("round %d", round)
                        .isEqualTo(404);
                assertThat(settled(() -> demo.at(other).get(file)))
                        .as("round %d", round)
                        .isEqualTo(403);
            }
            permit(pod, "add");
            for (int step = 1; step <= PODS; step++) {
                int other = (pod + step) % PODS;
                assertThat(settled(() -> demo.at(other).get(table + "/version")))
                        .as("round %d", round)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aReplacedTokenIsRefusedByTheOthersOnTheVeryNextRequest() throws Exception {
        Answer made = admin(0, "POST", "/api/2.1/unity-catalog/recipients", """
                {"name":"brief","authentication_type":"TOKEN"}""");
        String token = activate(made);
        for (int round = 0; round < 10; round++) {
            for (int pod = 0; pod < PODS; pod++) assertThat(shares(pod, token)).isEqualTo(200);
            Answer rotated = admin(round % PODS, "POST", "/api/2.1/unity-catalog/recipients/brief/rotate-token", """
                    {"existing_token_expire_in_seconds":0}""");
            for (int pod = PODS; pod > 0; pod--)
                assertThat(shares((round + pod) % PODS, token)).isEqualTo(401);
            token = activate(rotated);
        }
    }

    private static int shares(int pod, String token) throws Exception {
        return settled(() -> cluster.pod(pod).as(token).get("/delta-sharing/shares"));
    }

    /** The last of the recipient's tokens is the one that nobody has fetched yet. */
    private static String activate(Answer recipient) throws Exception {
        JsonNode tokens = recipient.json().path("tokens");
        String link = tokens.path(tokens.size() - 1).path("activation_url").asText();
        String nonce = link.substring(link.lastIndexOf('/') + 1);
        return admin(1, "GET", "/api/2.1/unity-catalog/public/data_sharing_activation/" + nonce, "")
                .json()
                .path("bearerToken")
                .asText();
    }

    @Test
    void aWithdrawnKeyIsRefusedByTheOthersOnTheVeryNextRequest() throws Exception {
        String table = sealed.tables().get(0);
        String file = pathOf(fileOf(query(sealed, 0, table)));
        String keys = "/api/1.0/sluice/keys/finance";
        for (int round = 0; round < 10; round++) {
            int pod = round % PODS;
            String plan = admin(pod, "POST", keys + "/simulate", "{\"action\":\"REVOKE\"}")
                    .json()
                    .path("plan_hash")
                    .asText();
            admin(pod, "POST", keys + "/revoke", "{\"plan_hash\":\"%s\",\"reason\":\"round\"}".formatted(plan));
            for (int step = 1; step <= PODS; step++) {
                int other = (pod + step) % PODS;
                assertThat(settled(() -> ask(sealed, other, table))).isEqualTo(403);
                assertThat(settled(() -> sealed.at(other).get(file))).isEqualTo(403);
            }
            admin(pod, "POST", keys + "/restore", "");
            for (int step = 1; step <= PODS; step++) query(sealed, (pod + step) % PODS, table);
        }
    }

    /** Comes first, while nothing has been read. */
    @Test
    @Order(1)
    void anIndexIsReadOnceInTheClusterAndMovesWithItsHome() throws Exception {
        readAllAtEachPod();
        List<Figures> before = figures();
        readAllAtEachPod();
        for (int pod = 0; pod < PODS; pod++)
            assertThat(loads(pod)).isEqualTo(before.get(pod).of(LOADS));
        assertThat(before.stream().mapToDouble(figures -> figures.of(LOADS)).sum())
                .isEqualTo(demo.tables().size());

        int leaving = IntStream.range(0, PODS)
                .boxed()
                .max((a, b) ->
                        Double.compare(before.get(a).of(LOADS), before.get(b).of(LOADS)))
                .orElseThrow();
        assertThat(cluster.verb("restart", "pod-" + leaving)).isZero();
        readAllAtEachPod();

        for (int pod = 0; pod < PODS; pod++)
            assertThat(loads(pod))
                    .as("pod-%d, when pod-%d had left", pod, leaving)
                    .isEqualTo(pod == leaving ? 0 : before.get(pod).of(LOADS));
        assertThat(figures().stream()
                        .mapToDouble(figures -> figures.of(BROUGHT))
                        .sum())
                .isPositive();
    }

    private static void readAllAtEachPod() throws Exception {
        for (String table : demo.tables()) for (int pod = 0; pod < PODS; pod++) query(demo, pod, table);
    }

    private static double loads(int pod) throws Exception {
        return Figures.of(cluster.pod(pod)).of(LOADS);
    }

    private static List<Figures> figures() throws Exception {
        List<Figures> all = new ArrayList<>();
        for (int pod = 0; pod < PODS; pod++) all.add(Figures.of(cluster.pod(pod)));
        return all;
    }

    private static Answer query(Profile who, int pod, String table) throws Exception {
        Answer[] answer = new Answer[1];
        cluster.await("an answer", () -> (answer[0] = ask(who, pod, table)).status() != 503);
        assertThat(answer[0].status()).as(answer[0].body()).isEqualTo(200);
        return answer[0];
    }

    private static Answer ask(Profile who, int pod, String table) throws Exception {
        return who.at(pod)
                .send(
                        "POST",
                        table + "/query",
                        "{}",
                        "delta-sharing-capabilities",
                        "responseformat=delta;readerfeatures=deletionvectors");
    }

    private static URI fileOf(Answer query) throws Exception {
        for (String line : query.body().lines().toList()) {
            JsonNode url = JSON.readTree(line).at("/file/deltaSingleAction/add/path");
            if (url.isTextual()) return URI.create(url.asText());
        }
        throw new AssertionError("no file in " + query.body());
    }

    /** At any pod: all open what one of them has signed. */
    private static String pathOf(URI file) {
        return file.getRawPath() + "?" + file.getRawQuery();
    }

    private static void permit(int pod, String change) throws Exception {
        admin(pod, "PATCH", "/api/2.1/unity-catalog/shares/" + demo.share() + "/permissions", """
                {"changes":[{"principal":"%s","%s":["SELECT"]}]}""".formatted(
                        demo.recipient(), change));
    }

    private static Answer admin(int pod, String method, String path, String body) throws Exception {
        Answer[] answer = new Answer[1];
        cluster.await(path, () -> (answer[0] = cluster.pod(pod).send(method, path, body)).status() != 503);
        assertThat(answer[0].status()).as(answer[0].body()).isBetween(200, 201);
        return answer[0];
    }

    private interface Request {
        Answer send() throws Exception;
    }

    /** What is just moving may be refused with the wish to come again, which lets nobody in. */
    private static int settled(Request request) throws Exception {
        int[] status = new int[1];
        cluster.await("an answer", () -> (status[0] = request.send().status()) != 503);
        return status[0];
    }
}
