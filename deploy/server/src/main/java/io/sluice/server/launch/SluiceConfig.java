package io.sluice.server.launch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The product's own settings. Framework settings stand in application.properties. */
@ConfigMapping(prefix = "sluice")
public interface SluiceConfig {
    /** Folder for everything that is kept. */
    Path data();

    /** {@code sqlite:FILE} or a {@code postgresql://} URL. */
    String store();

    /** Whether to make the small world of a newcomer. */
    @WithDefault("false")
    boolean demo();

    /** Whether to answer the benchmark's constant, which needs no token. */
    @WithDefault("false")
    boolean bench();

    Pod pod();

    /** This process among the others of its cluster. A single one needs none of it. */
    interface Pod {
        @WithDefault("pod-0")
        String name();

        /** Where the cluster's assigner listens; empty for a process that is a cluster of its own. */
        Optional<String> assigner();

        /** Whether this process runs the assigner at that address. */
        @WithDefault("false")
        boolean runsAssigner();

        /** File with the secret that all pods of the cluster know. */
        Optional<Path> secretFile();
    }
}
