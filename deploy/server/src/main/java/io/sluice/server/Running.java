package io.sluice.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.sluice.server.launch.Announcement;
import io.sluice.server.launch.Bootstrap;

/** From the moment the ports listen until the program is told to stop. */
public final class Running implements QuarkusApplication {
    private final Bootstrap bootstrap;
    private final Announcement announcement;

    public Running(Bootstrap bootstrap, Announcement announcement) {
        this.bootstrap = bootstrap;
        this.announcement = announcement;
    }

    @Override
    public int run(String... args) {
        bootstrap.run();
        announcement.ready();
        Quarkus.waitForExit();
        announcement.gone();
        return 0;
    }
}
