package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeCommandTest {
    private static final String VOLUMES = "/api/2.1/unity-catalog/volumes";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    VolumeCommandTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aVolumeWithoutALocationIsManagedAndOneWithIsExternal() {
        server.on("POST " + VOLUMES, Answer.json("""
                {"full_name":"a.b.v","volume_type":"MANAGED"}"""));

        assertThat(shell.run("volume", "create", "a.b.v").exit()).isZero();
        assertThat(shell.run("volume", "create", "a.b.v", "--location", "s3://x/y")
                        .exit())
                .isZero();

        assertThat(server.asked().get(0).body())
                .isEqualTo("{\"catalog_name\":\"a\",\"schema_name\":\"b\",\"name\":\"v\",\"volume_type\":\"MANAGED\"}");
        assertThat(server.asked().get(1).body()).contains("\"EXTERNAL\"", "\"s3://x/y\"");
    }

    @Test
    void aNameThatIsNoneIsRefusedBeforeAnythingIsSent() {
        assertThat(shell.run("volume", "get", "a.b").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theAuditLogShowsWhoWasDeniedWhat() {
        server.on("GET /api/1.0/sluice/audit?max_results=50", Answer.json("""
                {"events":[{"event_time":1700000000000,"user_identity":{"email":"ann"},"action_name":"accessDenied",
                  "response":{"status_code":403,"error_message":"User ann may not.","result":null},
                  "source_ip_address":"192.0.2.7","request_params":{"path":"/x"},"request_id":"r-1"}]}"""));

        Run run = shell.run("audit", "list");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(
                        "2023-11-14T22:13:20Z", "ann", "accessDenied", "403", "192.0.2.7", "User ann may not.", "r-1");
    }
}
