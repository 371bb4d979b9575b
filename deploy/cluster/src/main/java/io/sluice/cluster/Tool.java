package io.sluice.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of PostgreSQL's programs, run to its end. It refuses to run as root, so root lends it a name of its own. */
final class Tool {
    private static final int PATIENCE_SECONDS = 120;

    private Tool() {}

    /** Answers what it said; fails with that if it failed. */
    static String run(List<String> command) {
        List<String> whole = new ArrayList<>();
        // In a user namespace of its own a program is nobody in particular, and its files still belong to root.
        if ("root".equals(System.getProperty("user.name"))) whole.addAll(List.of("unshare", "-U"));
        whole.addAll(command);
        try {
            // Not a pipe: whatever the program leaves running would hold its end open.
            Path output = Files.createTempFile("sluice-postgres", ".txt");
            try {
                Process process = new ProcessBuilder(whole)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    process.destroyForcibly().waitFor();
                String said = Files.readString(output).trim();
                if (process.exitValue() == 0) return said;
                throw ClusterFailure.failed(
                        "PostgreSQL cannot be run (%s): %s%nStart the cluster as another user, or pass a database of"
                                + " your own with --store postgresql://USER:PASSWORD@HOST/DATABASE.",
                        Path.of(command.get(0)).getFileName(), said);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(whole.get(0) + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
        }
    }
}
