package io.sluice.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.sluice.server.launch.Announcement;
import io.sluice.server.launch.Bootstrap;
import io.sluice.server.observe.Readiness;

/** From the moment the ports listen until the program is told to stop. */
public final class Running implements QuarkusApplication {
    private final Bootstrap bootstrap;
    private final Announcement announcement;
    private final Readiness readiness;

    public Running(Bootstrap bootstrap, Announcement announcement, Readiness readiness) {
        this.bootstrap = bootstrap;
        this.announcement = announcement;
        this.readiness = readiness;
    }

    @Override
    public int run(String... args) {
        bootstrap.run();
        readiness.serving();
        announcement.ready();
        Quarkus.waitForExit();
        readiness.stopping();
        announcement.gone();
        return 0;
    }
}
