package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.command.RecipientCommand;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.Recipient.Shared;
import io.sluice.cli.tour.Recipient.SharedTable;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Two recipients of one share, one beside the source and one beside the replica, must read the same bytes. */
record TwoRegions(SluiceServer server, Guide guide, Undo undo) {

    private record Reading(long version, long rows, long bytes, List<String> digests) {}

    void compare(World world, String sourceTable, Lane lane) {
        Shared table = sharedNameOf(world.share(), sourceTable);
        Reading near = read(visitor(world.share(), lane.from()), table);
        StoreCounter replicaStore = new StoreCounter(server, lane.to());
        long replicaBefore = replicaStore.readBytes();
        Reading far = read(visitor(world.share(), lane.to()), table);
        long fromReplica = replicaStore.readBytes() - replicaBefore;

        if (!near.equals(far))
            throw CommandFailure.difference(
                    "Read in %s, %s has version %d, %d rows, %d bytes; read in %s it has version %d, %d rows, %d bytes%s.",
                    lane.from(),
                    table,
                    near.version(),
                    near.rows(),
                    near.bytes(),
                    lane.to(),
                    far.version(),
                    far.rows(),
                    far.bytes(),
                    near.digests().equals(far.digests()) ? "" : ", and the bytes differ");
        if (fromReplica < far.bytes())
            throw CommandFailure.difference(
                    "A recipient in %s read %d bytes, but only %d of them came from the store there.",
                    lane.to(), far.bytes(), fromReplica);
        guide.saw(
                "read in %s and in %s: the same %d rows, the same %d bytes by SHA-256, the latter from the replica",
                lane.from(), lane.to(), far.rows(), far.bytes());
    }

    private Reading read(Recipient reader, Shared table) {
        SharedTable answer = reader.query(table);
        return new Reading(answer.version(), answer.rows(), answer.bytes(), Parquet.digests(reader, answer.files()));
    }

    private Shared sharedNameOf(String share, String sourceTable) {
        JsonNode objects = server.get(Route.catalog("shares", share).with("include_shared_data", "true"))
                .path("objects");
        for (JsonNode object : objects) {
            String[] name = object.path("shared_as").asText().split("\\.", 2);
            if (object.path("name").asText().equals(sourceTable) && name.length == 2)
                return new Shared(share, name[0], name[1]);
        }
        throw CommandFailure.difference("The share %s does not hold %s.", share, sourceTable);
    }

    /** A recipient for the length of the walk, activated as any other: by its one-time link. */
    private Recipient visitor(String share, Region region) {
        String name =
                "tour-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        JsonNode created = server.post(Route.catalog("recipients"), RecipientCommand.newRecipient(name, region));
        undo.later("remove the recipient " + name, () -> server.delete(Route.catalog("recipients", name)));
        server.patch(
                Route.catalog("shares", share, "permissions"),
                Json.object()
                        .set(
                                "changes",
                                Json.array()
                                        .add(Json.object()
                                                .put("principal", name)
                                                .set("add", Json.array().add("SELECT")))));
        return Recipient.of(server.get(Route.catalog(
                "public",
                "data_sharing_activation",
                activationCode(created.at("/tokens/0/activation_url").asText()))));
    }

    /** The link is a page for people; the code that it ends in is what the API wants. */
    private static String activationCode(String link) {
        String code = link.replaceAll("^.*[/?#=]", "");
        if (code.isEmpty()) throw CommandFailure.difference("A new recipient got no activation link.");
        return code;
    }
}
