package io.sluice.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file {@code cluster.json}: who runs where. */
record PodList(List<Entry> pods) {
    private static final ObjectMapper JSON = new ObjectMapper();

    PodList {
        pods = List.copyOf(pods);
    }

    /** @param managementPort for health and metrics */
    record Entry(
            String pod,
            String url,
            long pid,
            List<String> roles,
            @JsonProperty("management_port") int managementPort) {

        /** For people. */
        String serves() {
            return "%s serves on %s, process %d".formatted(pod, url, pid);
        }
    }

    static Optional<PodList> find(Path file) {
        try {
            if (!Files.exists(file)) return Optional.empty();
            return Optional.of(new PodList(JSON.readValue(file.toFile(), new TypeReference<List<Entry>>() {})));
        } catch (IOException e) {
            throw ClusterFailure.failed("%s cannot be read: %s", file, String.valueOf(e.getMessage()));
        }
    }

    void write(Path file) {
        try {
            ClusterFolder.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(pods) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<Entry> find(String pod) {
        return pods.stream().filter(entry -> entry.pod().equals(pod)).findFirst();
    }

    Entry get(String pod) {
        return find(pod)
                .orElseThrow(() -> ClusterFailure.notFound(
                        "There is no pod %s in this cluster. Its pods are %s.",
                        pod, String.join(", ", pods.stream().map(Entry::pod).toList())));
    }
}
