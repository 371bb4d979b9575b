package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.CommitOutcome.Committed;
import io.sluice.lake.delta.CommitOutcome.Exists;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ObjectStore.PutOutcome;
import io.sluice.lake.store.StoreDeniedException;
import io.sluice.lake.table.LogJson;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Adds commits to a Delta log. Actions are written as they are given, whatever they are: what kernel's transactions
 * would refuse or rewrite (row ids, features to come, another table's commitInfo) passes through.
 *
 * <p>A commit is one conditional put. When its answer is lost, the commit is read back: it is ours if it carries our
 * {@code commitInfo.txnId}, or our very bytes where it has none. A commit is therefore safe to repeat after a crash.
 */
public final class DeltaLogWriter {
    private static final int ATTEMPTS = 3;

    private final ObjectStore store;
    private final KernelTable table;

    private DeltaLogWriter(ObjectStore store) {
        this.store = store;
        this.table = new KernelTable(store);
    }

    /** Writes the log of the table whose folder is the root of {@code store}. */
    public static DeltaLogWriter at(ObjectStore store) {
        return new DeltaLogWriter(store);
    }

    /**
     * Makes {@code actions} the given version, unless another commit is. Requires: the version before exists, or this
     * is version 0 or the first of a log that begins with a checkpoint.
     *
     * @throws Failure UNKNOWN_OUTCOME when the store does not tell what became of the commit; delete nothing then
     */
    public CommitOutcome commit(long version, List<ObjectNode> actions) throws IOException {
        byte[] ours = LogJson.write(actions);
        Optional<String> transaction = transactionOf(actions);
        IOException lost = new IOException("the store named the commit as existing, yet has none");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Landing landing;
            try {
                landing = attempt(version, ours, transaction);
            } catch (StoreDeniedException e) {
                throw e; // Refused before anything was written.
            } catch (IOException e) {
                lost = e;
                landing = lookAfter(e, version, ours, transaction);
            }
            if (landing == Landing.OURS) return new Committed(version);
            if (landing == Landing.ANOTHERS) return new Exists(version);
        }
        throw unknown(version, lost);
    }

    /** Writes a checkpoint of a version, from which readers start instead of the first commit. */
    public void writeCheckpoint(long version) throws IOException {
        table.writeCheckpoint(version);
    }

    private Landing attempt(long version, byte[] ours, Optional<String> transaction) throws IOException {
        PutOutcome outcome = store.putIfAbsent(LogNames.commit(version), Content.of(ours));
        return outcome == PutOutcome.CREATED ? Landing.OURS : look(version, ours, transaction);
    }

    private Landing lookAfter(IOException lost, long version, byte[] ours, Optional<String> transaction) {
        try {
            return look(version, ours, transaction);
        } catch (IOException e) {
            lost.addSuppressed(e);
            return Landing.NONE;
        }
    }

    private Landing look(long version, byte[] ours, Optional<String> transaction) throws IOException {
        String key = LogNames.commit(version);
        byte[] found;
        try (InputStream in = store.read(key, ByteRange.ALL)) {
            found = in.readAllBytes();
        } catch (ObjectNotFoundException e) {
            return Landing.NONE;
        }
        if (Arrays.equals(found, ours)) return Landing.OURS;
        boolean same = transaction.isPresent() && transaction.equals(transactionOf(LogJson.read(key, found)));
        return same ? Landing.OURS : Landing.ANOTHERS;
    }

    private Failure unknown(long version, IOException lost) {
        return Failure.unknownOutcome(
                lost,
                "Whether version %d of the table at %s was committed is unknown: the store's answer was lost. "
                        + "Look at the table's log before retrying, and delete none of the files written for it.",
                version,
                store.root());
    }

    private static Optional<String> transactionOf(List<ObjectNode> actions) {
        return actions.stream()
                .map(action -> action.path("commitInfo").path("txnId"))
                .filter(id -> id.isTextual() && !id.asText().isEmpty())
                .map(id -> id.asText())
                .findFirst();
    }

    private enum Landing {
        OURS,
        ANOTHERS,
        NONE
    }
}
