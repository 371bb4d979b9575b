package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.command.KeyCommand;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.Recipient.Shared;
import io.sluice.cli.tour.Recipient.SharedFile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Job four: what is sealed can be taken back from everybody at once, and given again. */
record KeyStop(SluiceServer server, Guide guide, Undo undo) {
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(5);
    private static final Duration READABLE_WITHIN = Duration.ofSeconds(10);
    private static final int FORBIDDEN = 403;

    void visit(World world) {
        String scope = world.sealedScope();
        guide.stop(
                "Whoever holds the key decides who reads",
                "The sealed share lies encrypted in the store; revoking its key stops every reader, links included.",
                "sluice key status",
                "sluice key revoke " + scope + " --dry-run",
                "sluice key revoke " + scope + " --yes",
                "sluice key restore " + scope);
        requireActive(scope);
        Recipient recipient = Recipient.fromFile(world.sealedShareProfile());
        Shared table = recipient.tables(world.sealedShare()).stream()
                .findFirst()
                .orElseThrow(() -> CommandFailure.difference("The sealed share shows no table."));
        SharedFile issued = firstFile(recipient, table);
        List<String> before = Parquet.digests(recipient, recipient.query(table).files());
        checkRanges(recipient, issued);
        guide.saw("before: %s is read whole and in ranges, decrypted on the way", table);

        revokeAndRestore(world, recipient, table, issued);

        Patience.await(READABLE_WITHIN, "Reading again after the restore", () -> recipient.queryStatus(table) == 200);
        List<String> after = Parquet.digests(recipient, recipient.query(table).files());
        if (!before.equals(after))
            throw CommandFailure.difference("After the restore the sealed table's bytes differ.");
        guide.saw("after the restore: readable again, the same bytes");
    }

    private void revokeAndRestore(World world, Recipient recipient, Shared table, SharedFile issued) {
        String scope = world.sealedScope();
        JsonNode plan = KeyCommand.simulateRevoke(server, scope);
        if (!Json.texts(plan.path("shares")).contains(world.sealedShare()))
            throw CommandFailure.difference("The dry run does not name the share %s.", world.sealedShare());
        guide.saw(
                "the dry run: %d tables, %d shares and %d recipients would be hit",
                plan.path("tables").size(),
                plan.path("shares").size(),
                plan.path("recipients").size());

        AtomicBoolean restored = new AtomicBoolean();
        Runnable restore = () -> {
            if (restored.get()) return;
            server.post(Route.sluice("keys", scope, "restore"), Json.object());
            restored.set(true);
        };
        undo.later("sluice key restore " + scope, restore);
        server.post(
                Route.sluice("keys", scope, "revoke"),
                Json.object()
                        .put("plan_hash", plan.path("plan_hash").asText())
                        .put("reason", "the tour shows a revoke"));
        long millis = Patience.await(
                REFUSED_WITHIN,
                "The revoked share refusing both a new query and a link given out before",
                () -> recipient.queryStatus(table) == FORBIDDEN && recipient.fileStatus(issued) == FORBIDDEN);
        guide.saw("revoked: a new query and a link given out before are both refused after %d ms", millis);
        restore.run();
        requireActive(scope);
    }

    private void requireActive(String scope) {
        String state = Json.elements(server.get(Route.sluice("keys")).path("scopes")).stream()
                .filter(found -> found.path("scope").asText().equals(scope))
                .map(found -> found.path("state").asText())
                .findFirst()
                .orElse("not listed");
        if (!state.equals("ACTIVE"))
            throw CommandFailure.difference(
                    "The scope %s is %s, expected ACTIVE. Bring it back with: sluice key restore %s",
                    scope, state, scope);
    }

    private static SharedFile firstFile(Recipient recipient, Shared table) {
        return recipient.query(table).files().stream()
                .findFirst()
                .orElseThrow(() -> CommandFailure.difference("The sealed table %s has no files.", table));
    }

    /** Head, tail and middle are what a Parquet reader really asks for. */
    private static void checkRanges(Recipient recipient, SharedFile file) {
        byte[] whole = Parquet.checked(file, recipient.download(file));
        int middle = whole.length / 2;
        int end = Math.min(whole.length, middle + 1000);
        boolean same = Arrays.equals(recipient.range(file, "bytes=0-3"), Arrays.copyOf(whole, 4))
                && Arrays.equals(
                        recipient.range(file, "bytes=-8"), Arrays.copyOfRange(whole, whole.length - 8, whole.length))
                && Arrays.equals(
                        recipient.range(file, "bytes=" + middle + "-" + (end - 1)),
                        Arrays.copyOfRange(whole, middle, end));
        if (!same) throw CommandFailure.difference("Ranges of a sealed file differ from the same bytes of the whole.");
    }
}
