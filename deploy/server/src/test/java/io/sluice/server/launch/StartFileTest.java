package io.sluice.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFileTest {
    @TempDir
    Path folder;

    private final Map<String, String> whole = new LinkedHashMap<>();

    @BeforeEach
    void describeAWholeInstallation() throws IOException {
        whole.put("sluice.data", folder.resolve("data").toString());
        whole.put("sluice.store", "postgresql://u:p@db/sluice");
        whole.put("sluice.public-url", "https://sluice.example.org");
        whole.put("sluice.http.port", "8443");
        whole.put("sluice.management.port", "9000");
        whole.put(
                "sluice.admin.token-file", secret("admin.token", "t".repeat(40)).toString());
        whole.put("sluice.keys.service", "local");
        whole.put("sluice.stores.lake.root", "s3://lake/prod");
        whole.put("sluice.stores.lake.cloud", "aws");
        whole.put("sluice.stores.lake.region", "eu-west-1");
    }

    @Test
    void aWholeInstallationStarts() throws IOException {
        Launch launch = parse();
        assertThat(launch.port()).isEqualTo(8443);
        assertThat(launch.managementPort()).isEqualTo(9000);
        assertThat(launch.data()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void allThatIsMissingIsToldAtOnce() {
        whole.clear();
        assertRefused(
                "sluice.data is missing",
                "sluice.store is missing",
                "sluice.public-url is missing",
                "sluice.http.port is missing",
                "sluice.management.port is missing",
                "sluice.admin.token-file is missing",
                "sluice.keys.service is missing",
                "sluice.stores.NAME.root is missing");
    }

    @Test
    void theExampleForContainersLacksNothingButTheOperatorsToken() {
        assertThatThrownBy(() -> Launch.parse("start", "--config", "../compose/sluice.properties"))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith(
                        "whole installation:%n  - sluice.admin.token-file: /run/secrets/admin.token cannot be read."
                                .formatted());
    }

    @Test
    void aMistypedKeyIsToldWithTheOneThatWasMeant() {
        whole.put("sluice.http.prot", "1");
        assertRefused("sluice.http.prot is not a key. Did you mean sluice.http.port?");
    }

    @Test
    void nothingIsServedToOthersInTheClear() throws IOException {
        whole.put("sluice.http.host", "0.0.0.0");
        assertRefused("nothing encrypts");
        whole.put("sluice.http.behind-proxy", "true");
        parse();
    }

    @Test
    void aSecretThatOthersCanReadIsRefused() throws IOException {
        Path open = Files.writeString(folder.resolve("open.token"), "t".repeat(40));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        whole.put("sluice.admin.token-file", open.toString());
        assertRefused("can be read by others");
    }

    @Test
    void halfACertificateAndAShortTokenAreToldTogether() throws IOException {
        whole.put("sluice.http.tls.certificate", folder.resolve("none.pem").toString());
        whole.put("sluice.admin.token-file", secret("short.token", "abc").toString());
        assertRefused("come together", "cannot be read", "less than 32 letters");
    }

    @Test
    void aStoreWithoutItsRegionAndAPortThatIsNoneAreTold() {
        whole.remove("sluice.stores.lake.region");
        whole.put("sluice.http.port", "http");
        whole.put("sluice.stores.lake.root", "ftp://lake");
        assertRefused("sluice.stores.lake.region is missing", "sluice.http.port is \"http\"", "ftp://lake");
    }

    private Launch parse() throws IOException {
        StringBuilder text = new StringBuilder();
        whole.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Path file = Files.writeString(folder.resolve("sluice.properties"), text);
        return Launch.parse("start", "--config", file.toString());
    }

    private void assertRefused(String... sentences) {
        assertThatThrownBy(this::parse).isInstanceOf(Failure.class).hasMessageContainingAll(sentences);
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
