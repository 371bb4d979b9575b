package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.server.PackagedServer.Answer;
import io.sluice.simulation.history.Action;
import io.sluice.simulation.history.Judge;
import io.sluice.simulation.history.Recorder;
import io.sluice.simulation.history.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three real pods seen as one: what clients of all of them wrote down could have come from a single catalog that does
 * one thing at a time. Registers are the comments of schemas and who may read a table.
 */
class LinearizablePodsIT {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final int PODS = 3;
    private static final int CATALOGS = 6;
    private static final String USER = "uma@example.com";
    private static final long SEED = 20_261_121;

    @TempDir
    private static Path folder;

    private static PackagedCluster cluster;
    private static List<PackagedServer> admin;
    private static List<PackagedServer> user;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws Exception {
        cluster = PackagedCluster.start(folder.resolve("data"), PODS, "--empty");
        threads = Executors.newCachedThreadPool();
        admin = new ArrayList<>();
        user = new ArrayList<>();
        for (int pod = 0; pod < PODS; pod++) admin.add(cluster.pod(pod));
        post("/api/1.0/unity-control/scim2/Users", """
                {"displayName":"Uma","emails":[{"value":"%s","primary":true}]}""".formatted(USER));
        String token = post("/api/1.0/sluice/tokens", "{\"user\":\"%s\"}".formatted(USER))
                .json()
                .path("token_value")
                .asText();
        for (PackagedServer pod : admin) user.add(pod.as(token));
        for (int i = 0; i < CATALOGS; i++) makeCatalog(i);
    }

    private static void makeCatalog(int number) throws Exception {
        String catalog = "c" + number;
        post(UC + "/catalogs", "{\"name\":\"%s\"}".formatted(catalog));
        post(UC + "/schemas", "{\"name\":\"s\",\"catalog_name\":\"%s\"}".formatted(catalog));
        post(UC + "/tables", """
                {"name":"t","catalog_name":"%s","schema_name":"s","table_type":"EXTERNAL","data_source_format":"DELTA",
                 "storage_location":"file:///elsewhere/%s","columns":[]}""".formatted(catalog, catalog));
        grant(0, "catalog/" + catalog, "USE_CATALOG", "add");
        grant(0, "schema/" + catalog + ".s", "USE_SCHEMA", "add");
    }

    /** While slices still move, a pod may ask to come again. */
    private static Answer post(String path, String body) throws Exception {
        Answer[] answer = new Answer[1];
        cluster.await(path, () -> (answer[0] = admin.get(0).post(path, body)).status() != 503);
        assertThat(answer[0].status()).as(answer[0].body()).isBetween(200, 201);
        return answer[0];
    }

    @AfterAll
    static void stop() throws Exception {
        threads.shutdownNow();
        cluster.close();
    }

    @Test
    void aRevokeAtOnePodIsRefusedByTheOthersOnTheVeryNextRequestAThousandTimesUnderLoadWhileSlicesMove()
            throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Long>> load = List.of(load(1, done), load(2, done));
        Future<Long> moves = threads.submit(() -> {
            long drained = 0;
            for (int pod = 0; !done.get(); pod = (pod + 1) % PODS) if (moveAllOf("pod-" + pod, done)) drained++;
            return drained;
        });
        grantAndRevoke(1_000);
        done.set(true);
        for (Future<Long> requests : load)
            assertThat(requests.get(1, TimeUnit.MINUTES)).isPositive();
        assertThat(moves.get(1, TimeUnit.MINUTES)).isPositive();
    }

    /** Whether the pod had nothing any more before it was wanted again. */
    private static boolean moveAllOf(String pod, AtomicBoolean done) throws Exception {
        String order = "/api/1.0/sluice/shards/pods/" + pod;
        admin.get(0).post(order + "/drain", "");
        cluster.await(pod + " gives its slices away", () -> isWithoutSlices(pod) || done.get());
        boolean isEmpty = isWithoutSlices(pod);
        admin.get(0).post(order + "/undrain", "");
        return isEmpty;
    }

    private static boolean isWithoutSlices(String pod) throws Exception {
        JsonNode slices = admin.get(0).get("/api/1.0/sluice/shards").json().path("slices");
        for (JsonNode slice : slices) if (slice.path("pods").path(0).asText().equals(pod)) return false;
        return !slices.isEmpty();
    }

    private static void grantAndRevoke(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            int pod = round % PODS;
            int catalog = round % CATALOGS;
            grant(pod, "table/" + table(catalog), "SELECT", "add");
            for (int other = 0; other < PODS; other++)
                assertThat(settledStatusFor(other, catalog)).isEqualTo(200);
            grant(pod, "table/" + table(catalog), "SELECT", "remove");
            for (int other = PODS - 1; other >= 0; other--)
                assertThat(settledStatusFor(other, catalog))
                        .as("round %d", round)
                        .isEqualTo(403);
        }
    }

    /** What is just moving may be refused with the wish to come again, which lets nobody in. */
    private static int settledStatusFor(int pod, int catalog) throws Exception {
        int[] status = new int[1];
        cluster.await("an answer", () -> (status[0] = statusFor(pod, catalog)) != 503);
        return status[0];
    }

    /** Reads and writes beside the matter, as fast as they are answered. */
    private static Future<Long> load(long seed, AtomicBoolean done) {
        SplittableRandom random = new SplittableRandom(seed);
        return threads.submit(() -> {
            long requests = 0;
            for (; !done.get(); requests++) {
                PackagedServer pod = admin.get(random.nextInt(PODS));
                String schema = UC + "/schemas/c" + random.nextInt(CATALOGS) + ".s";
                if (random.nextInt(10) == 0) pod.send("PATCH", schema, "{\"comment\":\"load\"}");
                else pod.get(schema);
            }
            return requests;
        });
    }

    @Test
    void clientsOfAllPodsSeeOneCatalog() throws Exception {
        Recorder recorder = new Recorder();
        for (Future<Void> client : clients(recorder, 6, 150)) client.get(5, TimeUnit.MINUTES);
        assertLinearizable(recorder, 6 * 150 / 2);
    }

    @Test
    void clientsOfAllPodsSeeOneCatalogWhileAllPodsAreRestartedInOrder() throws Exception {
        Recorder recorder = new Recorder();
        List<Future<Void>> clients = clients(recorder, 4, 150);
        assertThat(cluster.verb("roll")).isZero();
        for (Future<Void> client : clients) client.get(5, TimeUnit.MINUTES);
        assertLinearizable(recorder, 100);
    }

    @Test
    void clientsOfAllPodsSeeOneCatalogWhilePodsDieAndComeBack() throws Exception {
        Recorder recorder = new Recorder();
        List<Future<Void>> clients = clients(recorder, 4, 150);
        for (int pod = PODS - 1; pod >= 0; pod--) {
            ProcessHandle killed = cluster.process(pod);
            killed.destroyForcibly();
            cluster.awaitSuccessor(pod, killed);
        }
        for (Future<Void> client : clients) client.get(5, TimeUnit.MINUTES);
        // Much was lost; what was answered must be right.
        assertLinearizable(recorder, 50);
    }

    private static void assertLinearizable(Recorder recorder, int leastAnswers) {
        assertThat(recorder.history().stream().filter(operation -> !operation.isUnknown()))
                .hasSizeGreaterThan(leastAnswers);
        assertThat(Judge.judge(recorder.history())).as("seed %d", SEED).isInstanceOf(Verdict.Linearizable.class);
    }

    /** Each key begins with a value of its own, so that tests do not see each other's. */
    private static List<Future<Void>> clients(Recorder recorder, int count, int operations) throws Exception {
        for (int catalog = 0; catalog < CATALOGS; catalog++) {
            String value = "from the start " + catalog;
            int begun = catalog;
            // What a pod had that an earlier test killed may not have found its next owner yet.
            cluster.await("a beginning", () -> comment(0, begun, value).status() == 200);
            recorder.initially("comment of c" + catalog, value);
            grant(0, "table/" + table(catalog), "SELECT", "remove");
        }
        return IntStream.range(0, count)
                .mapToObj(client -> threads.submit(() -> {
                    run(recorder.process(), new SplittableRandom(SEED + client), client, operations);
                    return (Void) null;
                }))
                .toList();
    }

    private static void run(Recorder.Process process, SplittableRandom random, int client, int operations) {
        for (int i = 0; i < operations; i++) {
            int pod = random.nextInt(PODS);
            int catalog = random.nextInt(CATALOGS);
            String comment = "comment of c" + catalog;
            String grant = "grant on c" + catalog;
            String value = client + "/" + i;
            switch (random.nextInt(6)) {
                case 0 -> process.write(comment, value, isDone(() -> comment(pod, catalog, value)));
                case 1 -> process.write(grant, "SELECT", isDone(() -> changed(pod, catalog, "add")));
                case 2 -> process.write(grant, Action.NOTHING, isDone(() -> changed(pod, catalog, "remove")));
                case 3 -> process.read(comment, () -> seenComment(pod, catalog));
                default -> process.read(grant, () -> seenGrant(pod, catalog));
            }
        }
    }

    private static Callable<Boolean> isDone(Callable<Answer> write) {
        return () -> write.call().status() == 200;
    }

    private static Answer comment(int pod, int catalog, String value) throws Exception {
        return admin.get(pod)
                .send("PATCH", UC + "/schemas/c" + catalog + ".s", "{\"comment\":\"%s\"}".formatted(value));
    }

    private static Optional<String> seenComment(int pod, int catalog) throws Exception {
        Answer answer = admin.get(pod).get(UC + "/schemas/c" + catalog + ".s");
        return answer.status() == 200
                ? Optional.of(answer.json().path("comment").asText())
                : Optional.empty();
    }

    private static Optional<String> seenGrant(int pod, int catalog) throws Exception {
        return switch (statusFor(pod, catalog)) {
            case 200 -> Optional.of("SELECT");
            case 403 -> Optional.of(Action.NOTHING);
            default -> Optional.empty();
        };
    }

    private static int statusFor(int pod, int catalog) throws Exception {
        return user.get(pod).get(UC + "/tables/" + table(catalog)).status();
    }

    private static void grant(int pod, String securable, String privilege, String change) throws Exception {
        Answer[] answer = new Answer[1];
        cluster.await(change, () -> (answer[0] = change(pod, securable, privilege, change)).status() != 503);
        assertThat(answer[0].status()).as(answer[0].body()).isEqualTo(200);
    }

    private static Answer changed(int pod, int catalog, String change) throws Exception {
        return change(pod, "table/" + table(catalog), "SELECT", change);
    }

    private static Answer change(int pod, String securable, String privilege, String change) throws Exception {
        return admin.get(pod).send("PATCH", UC + "/permissions/" + securable, """
                {"changes":[{"principal":"%s","%s":["%s"]}]}""".formatted(USER, change, privilege));
    }

    private static String table(int catalog) {
        return "c" + catalog + ".s.t";
    }
}
