package io.sluice.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite against a server whose faults are known: it has to be silent about a right one, and able to fail. */
class ConformanceTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void a_server_that_keeps_the_protocol_passes() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            int exit = run(server);

            assertThat(failures()).isEmpty();
            assertThat(exit).isZero();
            assertThat(findings().path("counts").path("passed").asInt()).isGreaterThan(90);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void each_broken_rule_is_found_by_its_check(Fault fault) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(fault)) {
            assertThat(run(server)).isEqualTo(1);
            assertThat(failures()).contains(fault.noticedBy);
        }
    }

    @Test
    void a_failure_tells_what_was_expected_what_was_found_and_how_to_see_it_again() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Fault.NEGATIVE_PAGES)) {
            run(server);

            assertThat(text())
                    .contains("FAILED  A negative maxResults is refused with 400")
                    .contains("expected  status 400")
                    .contains("found     status 200")
                    .contains("request   curl -i -H \"Authorization: Bearer $TOKEN\" 'http://127.0.0.1:")
                    .contains("/api/shares?maxResults=-1'");
        }
    }

    @Test
    void what_the_share_gives_no_occasion_for_is_told_with_the_reason() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            run(server);

            assertThat(text())
                    .contains("n/a     changes answers protocol")
                    .contains(
                            "because   The share has no table readable by every client, whose change data feed is shared.");
        }
    }

    @Test
    void the_token_and_the_urls_of_files_are_printed_nowhere() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Fault.values())) {
            run(server);

            assertThat(text() + Files.readString(json())).doesNotContain(ScriptedServer.TOKEN);
        }
        try (ScriptedServer server = ScriptedServer.start(Fault.NO_PARQUET)) {
            run(server);

            assertThat(text())
                    .contains("/… (the URL of a file, which is a secret)")
                    .doesNotContain("/files/0-");
        }
    }

    @Test
    void a_wrong_call_ends_with_2_and_a_missing_server_with_1() throws Exception {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--share-profile")).isEqualTo(2);
        assertThat(run("--speed", "high")).isEqualTo(2);
        assertThat(run("--share-profile", "x", "--write-tables", "y")).isEqualTo(2);
        assertThat(run("--share-profile", folder.resolve("none").toString())).isEqualTo(1);
    }

    @Test
    void only_the_wanted_share_is_looked_at() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            assertThat(run("--share-profile", profile(server), "--share", "SECOND"))
                    .isZero();
            assertThat(text()).contains("second.schema.table").doesNotContain("first.schema.table");
            assertThat(run("--share-profile", profile(server), "--share", "third"))
                    .isEqualTo(1);
        }
    }

    private int run(ScriptedServer server) throws Exception {
        return run("--share-profile", profile(server), "--json", json().toString());
    }

    private int run(String... arguments) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Conformance(out, out).run(arguments);
    }

    private String profile(ScriptedServer server) throws Exception {
        Path file = folder.resolve("scripted.share");
        Files.writeString(file, server.profile());
        return file.toString();
    }

    private Path json() {
        return folder.resolve("findings.json");
    }

    private JsonNode findings() throws Exception {
        return new ObjectMapper().readTree(json().toFile());
    }

    private List<String> failures() throws Exception {
        List<String> failures = new ArrayList<>();
        for (JsonNode check : findings().path("checks"))
            if (check.path("result").asText().equals("failed"))
                failures.add(check.path("check").asText());
        return failures;
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
