package io.sluice.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.sluice.server.http.FrontDoor;
import io.sluice.server.launch.Announcement;
import io.sluice.server.launch.Bootstrap;
import io.sluice.server.observe.ServingState;
import io.sluice.server.pods.Shards;
import io.sluice.server.pods.TableIndexes;

/** From the moment the ports listen until the program is told to stop. */
public final class Running implements QuarkusApplication {
    private final Bootstrap bootstrap;
    private final Announcement announcement;
    private final ServingState state;
    private final Shards shards;
    private final TableIndexes indexes;
    private final FrontDoor door;

    public Running(
            Bootstrap bootstrap,
            Announcement announcement,
            ServingState state,
            Shards shards,
            TableIndexes indexes,
            FrontDoor door) {
        this.shards = shards;
        this.indexes = indexes;
        this.door = door;
        this.bootstrap = bootstrap;
        this.announcement = announcement;
        this.state = state;
    }

    @Override
    public int run(String... args) {
        bootstrap.run();
        indexes.join();
        state.serving();
        StopSignals.answer(this::leave);
        announcement.ready();
        Quarkus.waitForExit();
        stopAnnouncing();
        return 0;
    }

    /** Requests are still answered, and the pod still says that it wants them, until others have what it holds. */
    private void leave() {
        try {
            door.closing();
            indexes.drain();
            shards.drain();
            stopAnnouncing();
            if (shards.hasOthers()) door.shut();
        } finally {
            Quarkus.asyncExit();
        }
    }

    private void stopAnnouncing() {
        state.stopping();
        announcement.gone();
    }
}
