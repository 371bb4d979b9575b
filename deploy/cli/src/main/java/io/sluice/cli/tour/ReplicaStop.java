package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.SyncEvidence.Counters;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;

/** Job three: a copy in another cloud follows its source, and is the same to whoever reads it. */
record ReplicaStop(SluiceServer server, Guide guide, Undo undo) {

    SyncEvidence visit(World world) {
        String replica = world.replica();
        guide.stop(
                "A replica in another cloud follows its source",
                "A plan tells bytes and money before anything moves; a sync moves only what is missing.",
                "sluice replica plan " + replica,
                "sluice replica sync " + replica,
                "sluice replica status " + replica);
        JsonNode status = server.get(Route.sluice("replicas", replica));
        Lane lane = laneOf(status);
        JsonNode day = businessDay(status.path("source_table").asText());
        JsonNode plan = plan(replica, day);

        StoreCounter source = new StoreCounter(server, lane.from());
        CounterReader counters = new CounterReader(server, world.producer(), replica, source);
        Counters before = counters.beforeSync();
        JsonNode run = server.postAndWait(Route.sluice("replicas", replica, "sync"), Json.object());
        Counters after = counters.afterSync();
        checkRun(plan, run);
        checkIdleSync(replica);
        new TwoRegions(server, guide, undo)
                .compare(world, status.path("source_table").asText(), lane);
        return new SyncEvidence(run, world.producer(), before, after);
    }

    private JsonNode businessDay(String source) {
        JsonNode day = server.post(Route.sluice("demo", "business-day"), Json.object());
        same("The business day's table", day.path("table").asText(), "the replica's source", source);
        guide.saw(
                "a business day: %d new rows, %s is now at version %d",
                day.path("rows").asLong(), source, day.path("version").asLong());
        return day;
    }

    private JsonNode plan(String replica, JsonNode day) {
        JsonNode plan = server.post(Route.sluice("replicas", replica, "plan"), Json.object());
        if (plan.path("files_to_copy").asLong() <= 0 || plan.path("bytes").asLong() <= 0)
            throw CommandFailure.difference("The plan for %s moves nothing although its source has new rows.", replica);
        if (plan.path("to_version").asLong() < day.path("version").asLong())
            throw CommandFailure.difference(
                    "The plan for %s ends at version %d; its source is at %d.",
                    replica,
                    plan.path("to_version").asLong(),
                    day.path("version").asLong());
        guide.saw(
                "the plan: %d files, %d bytes, %s %s",
                plan.path("files_to_copy").asLong(),
                plan.path("bytes").asLong(),
                plan.path("money").path("amount").asText(),
                plan.path("money").path("currency").asText());
        return plan;
    }

    private void checkRun(JsonNode plan, JsonNode run) {
        same("The sync's outcome", run.path("outcome").asText(), "the expected one", "SYNCED");
        same(
                "The sync's version",
                run.path("to_version").asLong(),
                "the plan's",
                plan.path("to_version").asLong());
        same(
                "The number of files copied",
                run.path("files_copied").asLong(),
                "the plan's",
                plan.path("files_to_copy").asLong());
        same(
                "The bytes gained",
                run.path("logical_bytes").asLong(),
                "the plan's",
                plan.path("bytes").asLong());
        guide.saw(
                "the sync: %d files, %d bytes gained, %d bytes on the wire",
                run.path("files_copied").asLong(),
                run.path("logical_bytes").asLong(),
                run.path("wire_bytes").asLong());
    }

    private void checkIdleSync(String replica) {
        JsonNode idle = server.postAndWait(Route.sluice("replicas", replica, "sync"), Json.object());
        same("The outcome of a second sync", idle.path("outcome").asText(), "the expected one", "UP_TO_DATE");
        same("The data bytes of a second sync", idle.path("logical_bytes").asLong(), "the expected ones", 0L);
        JsonNode status = server.get(Route.sluice("replicas", replica));
        same(
                "The versions that the replica is behind",
                status.path("lag_versions").asLong(),
                "the expected ones",
                0L);
        guide.saw("a second sync: nothing to do, no data byte moved");
    }

    private static Lane laneOf(JsonNode status) {
        String[] ends = status.path("lane").asText().split("->", 2);
        if (ends.length != 2)
            throw CommandFailure.difference(
                    "The replica's lane is \"%s\"; expected from->to.",
                    status.path("lane").asText());
        return new Lane(Region.parse(ends[0].strip()), Region.parse(ends[1].strip()));
    }

    private static void same(String what, Object found, String otherName, Object expected) {
        if (!found.equals(expected))
            throw CommandFailure.difference("%s is %s, %s is %s.", what, found, otherName, expected);
    }
}
