package io.sluice.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest is read by fabric8's model, and what its pods are started with by the examination of a start. */
class KubernetesManifestTest {
    private static final Path MANIFEST = Path.of("../kubernetes/sluice.yaml");
    private static final String SECRETS = "/run/secrets/sluice";

    @TempDir
    private Path folder;

    private final Map<String, HasMetadata> manifest = read();

    @Test
    void aPodStartsFromWhatItsContainerWrites() throws IOException {
        for (String name : List.of("admin.token", "database.password", "cluster.secret")) {
            Path secret = Files.writeString(folder.resolve(name), "x".repeat(40));
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(StartExamination.complaintsAbout(MANIFEST, configuration())).isEmpty();
    }

    @Test
    void aPodHasTimeToHandOverAndIsReadyUntilItHas() throws IOException {
        Deployment deployment = of("Deployment", Deployment.class);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        int drainSeconds = Integer.parseInt(configuration().getOrDefault("sluice.pod.drain-seconds", "30"));

        assertThat(pod.getTerminationGracePeriodSeconds())
                .isGreaterThanOrEqualTo(60)
                .isGreaterThanOrEqualTo(drainSeconds + 30);
        assertThat(container().getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
        assertThat(container().getLifecycle()).isNull();
        assertThat(deployment.getSpec().getStrategy().getRollingUpdate()).satisfies(rolling -> {
            assertThat(rolling.getMaxSurge()).isEqualTo(new IntOrString(1));
            assertThat(rolling.getMaxUnavailable()).isEqualTo(new IntOrString(0));
        });
    }

    @Test
    void whatIsWatchedIsThereAndMayBeWatched() throws IOException {
        Map<String, String> labels = of("Deployment", Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
        assertThat(configuration())
                .containsEntry(StartKeys.KUBERNETES + "labels", "app=" + labels.get("app"))
                .containsEntry(
                        StartKeys.KUBERNETES + "service",
                        of("Service", Service.class).getMetadata().getName());
        assertThat(of("Service", Service.class).getSpec().getSelector()).isEqualTo(labels);
        assertThat(of("Role", Role.class).getRules())
                .allSatisfy(rule -> assertThat(rule.getVerbs()).containsExactly("list", "watch"))
                .flatExtracting(PolicyRule::getResources)
                .containsExactly("pods", "endpointslices");
    }

    private Map<String, String> configuration() throws IOException {
        String common = of("ConfigMap", ConfigMap.class).getData().get("sluice.properties");
        Properties lines = new Properties();
        lines.load(new StringReader(common.replace(SECRETS, folder.toString())));
        Map<String, String> all = new HashMap<>();
        lines.forEach((key, value) -> all.put(key.toString(), value.toString()));
        all.putAll(ownLines());
        return all;
    }

    /** What the script echoes, with what Kubernetes would put into its variables. */
    private Map<String, String> ownLines() {
        Map<String, String> given = Map.of("metadata.name", "sluice-7f-a", "status.podIP", "10.0.0.7");
        String script = container().getArgs().get(0);
        for (EnvVar variable : container().getEnv())
            script = script.replace(
                    "$" + variable.getName(),
                    given.get(variable.getValueFrom().getFieldRef().getFieldPath()));
        Map<String, String> lines = new HashMap<>();
        Pattern.compile("echo \"([^=]+)=(.*)\"")
                .matcher(script)
                .results()
                .forEach(line -> lines.put(line.group(1), line.group(2)));
        return lines;
    }

    private Container container() {
        return of("Deployment", Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    private <T> T of(String kind, Class<T> type) {
        return type.cast(manifest.get(kind));
    }

    private static Map<String, HasMetadata> read() {
        Map<String, HasMetadata> byKind = new HashMap<>();
        try (Stream<String> parts = Stream.of(Files.readString(MANIFEST).split("(?m)^---$"))) {
            parts.map(part -> (HasMetadata) Serialization.unmarshal(part))
                    .forEach(object -> byKind.put(object.getKind(), object));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return byKind;
    }
}
