package io.sluice.bench.catalog;

import io.sluice.bench.Benchmark;
import io.sluice.bench.catalog.ManyTables.Wanted;
import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.bench.figure.Rounds;
import io.sluice.bench.figure.Scratch;
import io.sluice.bench.server.Api;
import io.sluice.bench.server.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the catalog's speed and size depend on how much is in it. */
public final class CatalogBenchmark implements Benchmark {
    private static final String API = "/api/2.1/unity-catalog";
    private static final double START_BUDGET_S = 3;
    private static final int STARTS = 5;

    static final String FEW = "few";
    static final String MANY = "many";
    static final String LISTED = "listed";
    static final int FEW_TABLES = 1_000;
    static final int MANY_TABLES = 200_000;
    static final int LISTED_TABLES = 100_000;
    static final int SEEN_EVERY = 1_000;
    static final String READER = "reader@example.com";

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public String purpose() {
        return "reads, lists and creates with few and with many tables; start, heap and memory";
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch scratch = Scratch.make()) {
            report.tell(start(scratch.folder().resolve("demo")));
            report.tell(new CreateStatements(scratch.folder().resolve("statements.db")).measure());
            Path data = scratch.folder().resolve("many");
            String readerToken = fill(data);
            try (ServerProcess server = ServerProcess.start(data, "--empty")) {
                // First, while nothing but its own start lies behind the server.
                report.tell(new MemoryOfTables(server).heapPerTable());
                report.tell(new MemoryOfTables(server).resident());
            }
            try (ServerProcess server = ServerProcess.start(data, "--empty")) {
                TableReads reads = new TableReads(server);
                report.tell(reads.againstConstant());
                report.tell(reads.manyAgainstFew());
                report.tell(new FilteredList(server, readerToken).measure());
                report.tell(new Creates(server).measure());
            }
        }
    }

    /** Of the newcomer's world, on the data of an earlier start. */
    private static Figure start(Path data) throws Exception {
        ServerProcess.start(data).close();
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                seconds[i] = server.startTime().toNanos() / 1e9;
            }
        }
        return Figure.alone("start_ready_s", Rounds.median(seconds), "s", Better.LESS)
                .within(START_BUDGET_S);
    }

    /** Makes the schemas and their tables, and a reader who sees one in a thousand; answers the reader's token. */
    private static String fill(Path data) throws Exception {
        ManyTables tables;
        List<Wanted> wanted;
        String token;
        try (ServerProcess server = ServerProcess.start(data, "--empty")) {
            Api admin = new Api(server.uri(), server.adminToken());
            tables = ManyTables.catalogOn(admin, data);
            admin.post("/api/1.0/unity-control/scim2/Users", "{\"emails\":[{\"value\":\"%s\"}]}".formatted(READER));
            token = admin.post("/api/1.0/sluice/tokens", "{\"user\":\"%s\"}".formatted(READER))
                    .path("token_value")
                    .asText();
            wanted = List.of(
                    new Wanted(FEW, schema(admin, FEW), FEW_TABLES, Optional.empty(), 0),
                    new Wanted(MANY, schema(admin, MANY), MANY_TABLES, Optional.empty(), 0),
                    new Wanted(LISTED, schema(admin, LISTED), LISTED_TABLES, Optional.of(READER), SEEN_EVERY));
            grant(admin, "catalog/" + ManyTables.CATALOG, "USE_CATALOG");
            grant(admin, "schema/" + ManyTables.CATALOG + "." + LISTED, "USE_SCHEMA");
        }
        tables.put(wanted);
        return token;
    }

    private static String schema(Api admin, String name) throws Exception {
        String body = "{\"name\":\"%s\",\"catalog_name\":\"%s\"}".formatted(name, ManyTables.CATALOG);
        return admin.post(API + "/schemas", body).path("schema_id").asText();
    }

    private static void grant(Api admin, String securable, String privilege) throws Exception {
        admin.patch(
                API + "/permissions/" + securable,
                "{\"changes\":[{\"principal\":\"%s\",\"add\":[\"%s\"]}]}".formatted(READER, privilege));
    }
}
