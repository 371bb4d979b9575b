package io.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster writes for its pods and its operator, and what it refuses before it starts anything. */
class ClusterFilesTest {
    @TempDir
    private Path folder;

    @Test
    void theListIsReadAsItWasWritten() {
        PodSeat seat = new PodSeat("pod-1", 8081, 9001, 7001);
        PodList list = new PodList(List.of(seat.entry(4711)));
        list.write(folder.resolve("cluster.json"));

        assertThat(PodList.find(folder.resolve("cluster.json"))).contains(list);
        assertThat(list.get("pod-1").pid()).isEqualTo(4711);
        assertThatThrownBy(() -> list.get("pod-2")).hasMessageContaining("Its pods are pod-1");
        assertThat(PodList.find(folder.resolve("none.json"))).isEmpty();
    }

    @Test
    void theListHasTheKeysThatScriptsKnow() throws IOException {
        new PodList(List.of(new PodSeat("pod-0", 8080, 9000, 7000).entry(7))).write(folder.resolve("cluster.json"));

        assertThat(Files.readString(folder.resolve("cluster.json")))
                .contains("\"pod\"", "\"url\"", "\"pid\"", "\"roles\"", "\"management_port\"")
                .contains("\"assigner\"");
    }

    @Test
    void aStartFileSaysWhatItsPodNeedsAndNobodyElseReadsIt() throws IOException {
        StartFiles files = new StartFiles(
                ClusterFolder.at(folder).make(), "postgresql://u@h/d", Optional.of(folder.resolve("password")));
        PodSeat seat = new PodSeat("pod-0", 8080, 9000, 7000);
        files.write(seat);

        Properties written = new Properties();
        try (Reader reader = Files.newBufferedReader(files.of(seat))) {
            written.load(reader);
        }
        assertThat(written)
                .containsEntry("sluice.http.port", "8080")
                .containsEntry("sluice.pod.name", "pod-0")
                .containsEntry("sluice.pod.listen", "127.0.0.1:7000")
                .containsEntry("sluice.data", folder.toString())
                .containsEntry("sluice.pod.folder", folder.resolve("pods/pod-0").toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.of(seat))))
                .isEqualTo("rw-------");
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ClusterWish wish = new ClusterWish(folder, 1, taken.getLocalPort(), Optional.empty(), false, new Ports());
            assertThatThrownBy(wish::seats).hasMessageContaining("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void whatCannotBeAClusterIsMisuse() {
        assertMisuse(0, 8080, "postgresql://h/d", "--pods is 0");
        assertMisuse(3, 65_535, "postgresql://h/d", "with room for all pods");
        assertMisuse(3, 8080, "sqlite:file", "cannot share");
    }

    private void assertMisuse(int pods, int port, String store, String sentence) {
        assertThatThrownBy(() -> new ClusterWish(folder, pods, port, Optional.of(store), false, new Ports()))
                .isInstanceOfSatisfying(
                        ClusterFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining(sentence);
    }

    @Test
    void theFolderOfDevIsLeftAlone() throws IOException {
        Files.createFile(folder.resolve("metastore.db"));
        assertThatThrownBy(() -> ClusterFolder.at(folder).make()).hasMessageContaining("./sluice dev");
    }
}
