package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipient's side of sharing: no login, a profile file only. */
class ShareReadTest {
    private static final String TABLE = "/shares/s/schemas/a/tables/t";
    private static final String HEADER = """
            {"protocol":{"minReaderVersion":1}}
            {"metaData":{"id":"t","schemaString":"{\\"fields\\":[{\\"name\\":\\"n\\",\\"type\\":\\"long\\"}]}"}}
            """;

    private final FakeServer server = new FakeServer();
    private final Path profile;
    private final Shell shell;
    private final byte[] file;

    ShareReadTest(@TempDir Path home) throws IOException {
        shell = new Shell(home);
        profile = Files.writeString(
                home.resolve("config.share"),
                "{\"shareCredentialsVersion\":1,\"endpoint\":\"%s\",\"bearerToken\":\"t\"}".formatted(server.url()));
        try (InputStream in = ShareReadTest.class.getResourceAsStream("tour/ten-rows.parquet")) {
            file = Objects.requireNonNull(in).readAllBytes();
        }
        server.on("GET /f", new Answer(200, Map.of(), file));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void rowsOfASharedTableAreShown() {
        server.on("POST " + TABLE + "/query", answer("file", ""));

        Run run = read("s.a.t", "--limit", "3", "-o", "csv");

        assertThat(run.out().lines()).containsExactly("n", "0", "1", "2");
        assertThat(run.err()).isEmpty();
        assertThat(server.asked().get(0).authorization()).isEqualTo("Bearer t");
    }

    @Test
    void changesAreShownWithWhatBecameOfEachRow() {
        server.on(
                "GET " + TABLE + "/changes?startingVersion=4&maxFiles=1000",
                answer("remove", "\"version\":5,\"timestamp\":0,"));

        Run run = read("s.a.t", "--limit", "1", "--changes", "4", "-o", "csv");

        assertThat(run.out().lines())
                .containsExactly("n,_change_type,_commit_version,_commit_timestamp", "0,delete,5,1970-01-01T00:00:00Z");
    }

    @Test
    void refusalsHaveTheirExitCodes() throws IOException {
        server.on("POST " + TABLE + "/query", Answer.of(404, "{\"errorCode\":\"X\",\"message\":\"No such table.\"}"));

        assertThat(read("s.a.t")).isEqualTo(new Run(3, "", "sluice: No such table.\n"));
        assertThat(read("nonsense").exit()).isEqualTo(2);
        Files.writeString(profile, "{}");
        assertThat(read("s.a.t").err()).contains("is not a recipient's profile");
        Files.delete(profile);
        assertThat(read("s.a.t").err()).contains("There is no file");
    }

    private Run read(String table, String... options) {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(
                new String[] {"share", "read", "--profile-file", profile.toString(), table}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return shell.run(arguments);
    }

    private Answer answer(String kind, String facts) {
        return Answer.json(HEADER
                        + "{\"%s\":{\"url\":\"%s/f\",\"id\":\"f\",%s\"partitionValues\":{},\"size\":%d}}\n"
                                .formatted(kind, server.url(), facts, file.length))
                .with("Delta-Table-Version", "5");
    }
}
