package io.sluice.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration that is whole starts; each way to be half one is told, and all ways at once. */
class StartFileTest {
    private static final Path GUIDE = Path.of("../../docs/configuration.md");

    @TempDir
    Path folder;

    private final Map<String, String> whole = new LinkedHashMap<>();

    @BeforeEach
    void describeAWholeInstallation() throws IOException {
        whole.put("sluice.data", folder.resolve("data").toString());
        whole.put("sluice.store", "postgresql://u@db/sluice");
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

    @ParameterizedTest
    @ValueSource(strings = {"gs://lake/prod", "abfss://box@account.dfs.core.windows.net/prod"})
    void storesOfEveryCloudStartAndSettingsOfS3DoNotFitThem(String root) throws IOException {
        whole.put("sluice.stores.lake.root", root);
        assertThat(parse().settings()).containsEntry("sluice.stores.lake.root", root);
        whole.put("sluice.stores.lake.path-style", "true");
        assertRefused("sluice.stores.lake.path-style is for other stores, and this one is none of S3's");
    }

    @Test
    void aWholeInstallationStarts() throws IOException {
        Launch launch = parse();
        assertThat(launch.port()).isEqualTo(8443);
        assertThat(launch.managementPort()).isEqualTo(9000);
        assertThat(launch.data()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void trustedProxiesReachTheProgram() throws IOException {
        whole.put("sluice.http.trusted-proxies", "10.0.0.0/8,192.0.2.1");
        assertThat(parse().settings()).containsEntry("sluice.http.trusted-proxies", "10.0.0.0/8,192.0.2.1");
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
                "Nobody could sign in",
                "sluice.keys.service is missing",
                "sluice.stores.NAME.root is missing");
    }

    @Test
    void theExampleForContainersLacksNothingButTheOperatorsSecrets() {
        assertThatThrownBy(() -> Launch.parse("start", "--config", "../compose/sluice.properties"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(complaints(failure))
                                .containsExactlyInAnyOrder(
                                        "  - sluice.admin.token-file: /run/secrets/admin.token cannot be read.",
                                        "  - sluice.store-password-file: /run/secrets/database.password cannot be"
                                                + " read."));
    }

    /** What is changed in a whole installation, and the only complaint about it. */
    record Half(String change, String complaint) {}

    static Stream<Half> halves() {
        return Stream.of(
                new Half("sluice.http.prot=1", "sluice.http.prot is not a key. Did you mean sluice.http.port?"),
                new Half(
                        "sluice.stores.lake.rgion=x",
                        "sluice.stores.lake.rgion is not a key. Did you mean sluice.stores.lake.region?"),
                new Half(
                        "sluice.auth.oidc.corp.isuer=x",
                        "sluice.auth.oidc.corp.isuer is not a key. Did you mean sluice.auth.oidc.corp.issuer?"),
                new Half("quarkus.http.port=1", "quarkus.http.port is not a key."),
                new Half("sluice.data=${HOME}/data", "sluice.data holds ${…}, which is not filled in"),
                new Half("sluice.store=mysql://u@db/x", "sluice.store is \"mysql://u@db/x\""),
                new Half("sluice.store=postgresql://db", "Write postgresql://user@host/database or sqlite:FILE"),
                new Half("sluice.http.port=http", "sluice.http.port is \"http\""),
                new Half("sluice.http.port=0", "sluice.http.port is \"0\""),
                new Half("sluice.management.port=8443", "sluice.http.port and sluice.management.port are the same"),
                new Half("sluice.public-url=sluice.example.org", "sluice.public-url is \"sluice.example.org\""),
                new Half("sluice.http.behind-proxy=yes", "sluice.http.behind-proxy is \"yes\". Write true or false"),
                new Half("sluice.http.trusted-proxies=10.0.0.0/8,lb", "\"lb\" is no address and no range"),
                new Half("sluice.http.host=0.0.0.0", "nothing encrypts"),
                new Half("sluice.admin.token-file", "Nobody could sign in: sluice.admin.token-file is missing"),
                new Half("sluice.admin.token-file=/nowhere/token", "/nowhere/token cannot be read"),
                new Half("sluice.keys.service=vault", "sluice.keys.service is \"vault\""),
                new Half("sluice.keys.service", "sluice.keys.service is missing: where master keys are kept"),
                new Half("sluice.stores.lake.region", "sluice.stores.lake.region is missing: as in eu-west-1"),
                new Half("sluice.stores.lake.root=ftp://lake", "sluice.stores.lake.root is \"ftp://lake\""),
                new Half("sluice.stores.lake.root=abfss://box/x", "sluice.stores.lake.root is \"abfss://box/x\""),
                new Half("sluice.stores.lake.endpoint=minio:9000", "sluice.stores.lake.endpoint is \"minio:9000\""),
                new Half("sluice.stores.lake.public-endpoint=minio", "sluice.stores.lake.public-endpoint is \"minio\""),
                new Half("sluice.stores.lake.vending=all", "sluice.stores.lake.vending is \"all\""),
                new Half("sluice.traces.endpoint=collector:4318", "sluice.traces.endpoint is \"collector:4318\""),
                new Half("sluice.traces.sampled=10%", "sluice.traces.sampled is \"10%\". Write a number from 0 to 1"),
                new Half("sluice.vending.secrets=/nowhere", "/nowhere is not a folder that can be read"),
                new Half("sluice.vending.aws-endpoint=sts", "sluice.vending.aws-endpoint is \"sts\""),
                new Half("sluice.store-password-file=/nowhere/password", "/nowhere/password cannot be read"));
    }

    @ParameterizedTest
    @MethodSource("halves")
    void eachHalfIsTheOnlyThingThatIsToldAboutIt(Half half) {
        String[] change = half.change().split("=", 2);
        if (change.length == 1) whole.remove(change[0]);
        else whole.put(change[0], change[1]);
        if (half.change().contains(".isuer=")) {
            whole.put("sluice.auth.oidc.corp.issuer", "https://login.example.org");
            whole.put("sluice.auth.oidc.corp.audience", "sluice");
        }
        assertThatThrownBy(this::parse)
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(complaints(failure))
                                .singleElement()
                                .asString()
                                .contains(half.complaint()));
    }

    @Test
    void anIssuerIsEnoughToSignInOnceItSaysWhoTheAdminIs() throws IOException {
        whole.remove("sluice.admin.token-file");
        whole.put("sluice.auth.oidc.corp.issuer", "http://login.example.org");
        whole.put("sluice.auth.oidc.corp.clock-skew-seconds", "3600");
        assertRefused(
                "sluice.admin.principal is missing",
                "sluice.auth.oidc.corp.audience is missing",
                "sluice.auth.oidc.corp.issuer is http://login.example.org. Use https://",
                "from 0 to 120");
        whole.put("sluice.auth.oidc.corp.issuer", "https://login.example.org");
        whole.put("sluice.auth.oidc.corp.audience", "sluice");
        whole.remove("sluice.auth.oidc.corp.clock-skew-seconds");
        whole.put("sluice.admin.principal", "ada@example.org");
        assertThat(parse().settings()).containsEntry("sluice.auth.oidc.corp.audience", "sluice");
    }

    @Test
    void oneIssuerHasOneMeaning() {
        for (String name : List.of("a", "b")) {
            whole.put("sluice.auth.oidc." + name + ".issuer", "https://login.example.org");
            whole.put("sluice.auth.oidc." + name + ".audience", name);
        }
        assertRefused("sluice.auth.oidc.a.issuer and sluice.auth.oidc.b.issuer are the same");
    }

    @Test
    void oneIssuerVouchesForTwoMetastoresUnderTwoAudiences() throws IOException {
        for (String name : List.of("a", "b")) {
            whole.put("sluice.auth.oidc." + name + ".issuer", "https://login.example.org");
            whole.put("sluice.auth.oidc." + name + ".audience", name);
        }
        whole.put("sluice.auth.oidc.b.metastore", "acme");
        parse();
        whole.put("sluice.auth.oidc.b.audience", "a");
        assertRefused("sluice.auth.oidc.a.issuer and sluice.auth.oidc.b.issuer are the same");
    }

    @Test
    void severalPodsNeedToKnowOfEachOtherAndAStoreThatAllReach() {
        whole.put("sluice.pod.listen", "10.0.0.1:7000");
        whole.put("sluice.store", "sqlite:" + folder.resolve("m.db"));
        assertRefused(
                "sluice.pod.name is missing",
                "sluice.pod.address is missing",
                "sluice.pod.secret-file is missing",
                "which several pods cannot share");
    }

    @Test
    void whoWatchesThePodsIsToldOnceAndInWhole() throws IOException {
        whole.put("sluice.pod.name", "sluice-0");
        whole.put("sluice.pod.address", "http://10.0.0.1:8080");
        whole.put("sluice.pod.listen", "10.0.0.1:7000");
        whole.put(
                "sluice.pod.secret-file",
                secret("cluster.secret", "s".repeat(40)).toString());
        whole.put("sluice.pod.capacity", "5000");
        whole.put("sluice.pod.kubernetes.labels", "app.kubernetes.io/name=sluice,tier=catalog");
        whole.put("sluice.pod.kubernetes.service", "sluice");
        assertThat(parse().settings()).containsEntry("sluice.pod.kubernetes.service", "sluice");

        whole.put("sluice.pod.kubernetes.labels", "sluice");
        whole.put("sluice.pod.dns", "sluice.lake.svc");
        whole.put("sluice.pod.capacity", "much");
        assertRefused(
                "sluice.pod.kubernetes.labels is \"sluice\". Write name=value",
                "sluice.pod.dns are two views of one thing",
                "sluice.pod.capacity is \"much\"");
        whole.remove("sluice.pod.kubernetes.labels");
        assertRefused("sluice.pod.kubernetes.service is of no use without sluice.pod.kubernetes.labels");
    }

    @Test
    void nothingIsServedToOthersInTheClear() throws IOException {
        whole.put("sluice.http.host", "0.0.0.0");
        assertRefused("nothing encrypts");
        whole.put("sluice.http.behind-proxy", "true");
        assertThat(parse().settings()).containsEntry("quarkus.http.host", "0.0.0.0");
    }

    @Test
    void aCertificateMovesThePortToTls() throws IOException {
        whole.put("sluice.http.tls.certificate", secret("tls.pem", "x").toString());
        whole.put("sluice.http.tls.key", secret("tls.key", "x").toString());
        assertThat(parse().settings())
                .containsEntry("quarkus.http.ssl-port", "8443")
                .containsEntry("quarkus.http.insecure-requests", "disabled")
                .doesNotContainKey("quarkus.http.port");
    }

    @Test
    void aSecretThatOthersCanReadIsRefused() throws IOException {
        Path open = Files.writeString(folder.resolve("open.token"), "t".repeat(40));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        whole.put("sluice.admin.token-file", open.toString());
        whole.put("sluice.stores.lake.credentials-file", open.toString());
        assertRefused("token-file: " + open + " can be read by others", "credentials-file: " + open + " can be read");
    }

    @Test
    void anotherClientIsAFolderOfJarsForS3() throws IOException {
        whole.put("sluice.stores.lake.client-jars", folder.toString());
        assertThat(parse().settings()).containsEntry("sluice.stores.lake.client-jars", folder.toString());
        whole.put("sluice.stores.lake.client-jars", folder.resolve("none").toString());
        assertRefused("client-jars is \"" + folder.resolve("none") + "\", which is no folder");
        whole.put("sluice.stores.lake.root", "gs://lake/prod");
        assertRefused("client-jars is for other stores");
    }

    @Test
    void keysAreHandedOutOnlyOfAStoreThatHasThemAndIsNotAmazons() throws IOException {
        whole.put("sluice.stores.lake.vending", "sessions");
        assertRefused("needs sluice.stores.lake.endpoint", "needs sluice.stores.lake.credentials-file");
        whole.put("sluice.stores.lake.endpoint", "http://minio:9000");
        whole.put("sluice.stores.lake.credentials-file", secret("keys", "a\nb").toString());
        assertThat(parse().settings()).containsEntry("sluice.stores.lake.vending", "sessions");
    }

    @Test
    void aFolderOfSecretsHoldsNoneThatOthersCanRead() throws IOException {
        Path open = Files.createDirectory(folder.resolve("secrets")).resolve("application-1");
        whole.put("sluice.vending.secrets", open.getParent().toString());
        Files.setPosixFilePermissions(Files.writeString(open, "hunter2"), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("sluice.vending.secrets: " + open + " can be read by others");
        Path below = Files.createDirectory(open.resolveSibling("acme")).resolve("application-2");
        Files.move(open, below);
        assertRefused("sluice.vending.secrets: " + below + " can be read by others");
    }

    @Test
    void aPasswordInAFileThatOthersCanReadIsRefusedAndNeverRepeated() throws IOException {
        whole.put("sluice.store", "postgresql://u:hunter2@db/sluice");
        assertThatThrownBy(this::parse)
                .hasMessageContaining("holds the database's password and can be read by others")
                .message()
                .doesNotContain("hunter2");
        whole.put("sluice.store-password-file", secret("password", "hunter2").toString());
        assertRefused("Keep one");
        whole.put("sluice.store", "postgresql://u@db/sluice");
        parse();
    }

    @Test
    void halfACertificateAndAShortTokenAreToldTogether() throws IOException {
        whole.put("sluice.http.tls.certificate", folder.resolve("none.pem").toString());
        whole.put("sluice.admin.token-file", secret("short.token", "abc").toString());
        assertRefused("come together", "cannot be read", "less than 32 letters");
    }

    @Test
    void aKeyThatStandsThereTwiceIsTold() {
        Path file = folder.resolve("twice.properties");
        assertThatThrownBy(() -> {
                    Files.writeString(file, "sluice.data=a\nsluice.data=b\n");
                    Launch.parse("start", "--config", file.toString());
                })
                .hasMessageContaining("sluice.data stands there more than once");
    }

    @Test
    void theGuideListsTheKeysThatThereAre() throws IOException {
        Matcher rows = Pattern.compile("^\\| `(sluice\\.[A-Za-z.-]+)` ", Pattern.MULTILINE)
                .matcher(Files.readString(GUIDE));
        assertThat(rows.results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        StartKeys.ALL.stream().map(StartKeys.Key::name).toList());
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

    private static List<String> complaints(Failure failure) {
        return String.valueOf(failure.getMessage()).lines().skip(1).toList();
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
