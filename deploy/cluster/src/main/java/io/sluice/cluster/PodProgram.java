package io.sluice.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a pod's process is started: the packaged server, on the Java that runs us.
 *
 * @param archive classes that an earlier server has parsed
 */
record PodProgram(Path jar, List<String> javaOptions, Optional<Path> archive, boolean isDemo) {
    /** Three pods and their database stay below 3 GB. */
    static final String DEFAULT_OPTIONS = "-Xms128m -Xmx512m -XX:+ExitOnOutOfMemoryError -XX:CompileThresholdScaling=3";

    /** As the launcher told it. */
    static PodProgram ofThisProcess(boolean isDemo) {
        Path jar = Path.of(System.getProperty("sluice.server.jar", "deploy/server/target/quarkus-app/quarkus-run.jar"));
        if (!Files.exists(jar)) throw ClusterFailure.failed("There is no server at %s. Start with ./sluice.", jar);
        String options = Optional.ofNullable(System.getenv("SLUICE_JAVA_OPTS")).orElse(DEFAULT_OPTIONS);
        return new PodProgram(
                jar,
                options.isBlank() ? List.of() : List.of(options.trim().split("\\s+")),
                Optional.ofNullable(System.getProperty("sluice.server.archive")).map(Path::of),
                isDemo);
    }

    /** It ends when our end of its input does, so that none outlives us. */
    Process start(Path startFile, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.add("-Xshare:auto");
        archive.filter(Files::exists).ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
        command.addAll(List.of("-Xlog:disable", "-Dsun.jnu.encoding=UTF-8", "-Dsluice.demo=" + isDemo));
        command.addAll(List.of("-jar", jar.toString(), "start", "--config", startFile.toString()));
        command.add("--until-input-ends");
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("a pod cannot be started", e);
        }
    }
}
