package io.sluice.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link StormWriter} in a process of its own. */
final class StormProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private StormProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static StormProcess start(String mode, String url, String prefix) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        StormProcess storm = new StormProcess(new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StormWriter.class.getName(),
                        mode,
                        url,
                        prefix)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        storm.readUntil("ready");
        return storm;
    }

    /** The lines up to the one that begins so, which is the last of them. */
    List<String> readUntil(String beginning) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.startsWith(beginning)) return lines;
        }
        throw new IOException("the writer ended without saying \"%s\": %s".formatted(beginning, lines));
    }

    /** Everything that was acknowledged before the power went. */
    List<String> killAfter(int lines) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            // By its handle, which leaves us the end of what it said.
            if (said.size() == lines) process.toHandle().destroyForcibly();
        }
        process.waitFor();
        return said;
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
