package io.sluice.cli.tour;

import io.sluice.cli.http.SluiceServer;

/**
 * One walk through the house, in the order in which a table lives: it is catalogued, shared, replicated, billed, sealed
 * and taken back, on whatever pod owns it. Every stop ends in something seen from outside; what differs from the
 * promise ends the walk.
 */
public final class Tour {
    private final SluiceServer server;
    private final Guide guide;

    public Tour(SluiceServer server, Guide guide) {
        this.server = server;
        this.guide = guide;
    }

    public void walk() {
        World world = World.ask(server);
        try (Undo undo = new Undo()) {
            new CatalogStop(server, guide).visit(world);
            new SharingStop(server, guide).visit(world);
            SyncEvidence sync = new ReplicaStop(server, guide, undo).visit(world);
            new BillStop(server, guide).visit(sync);
            new KeyStop(server, guide, undo).visit(world);
            new ShardStop(server, guide).visit();
        }
    }
}
