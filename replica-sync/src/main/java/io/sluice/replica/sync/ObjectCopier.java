package io.sluice.replica.sync;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ObjectStore.PutOutcome;
import io.sluice.model.failure.Failure;
import io.sluice.replica.plan.CopyItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Brings single objects to the target. Names are immutable: an object that is there with the right length is the
 * object, so whatever an earlier attempt brought is used and costs nothing.
 */
final class ObjectCopier {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ObjectStore source;
    private final ObjectStore target;
    private final UsageTally tally;

    ObjectCopier(ObjectStore source, ObjectStore target, UsageTally tally) {
        this.source = source;
        this.target = target;
        this.tally = tally;
    }

    CopiedObject copy(CopyItem item) throws IOException {
        long length = item.kind() == CopyItem.Kind.DATA ? item.length() : lengthAtSource(item);
        Optional<ObjectInfo> present = target.head(item.key());
        if (present.isPresent()) return reused(item, length, present.get());
        SourceContent content = new SourceContent(source, item.key(), length);
        PutOutcome outcome = put(item, content);
        if (outcome == PutOutcome.EXISTS) return reused(item, length, atTarget(item));
        tally.moved(item.key(), length);
        return new CopiedObject(item, length, content.crc32c(), true);
    }

    void proveLength(CopiedObject copied) throws IOException {
        checkLength(copied.item(), copied.length(), atTarget(copied.item()));
    }

    void proveBytes(CopiedObject copied) throws IOException {
        if (!copied.moved()) return;
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = target.read(copied.item().key(), ByteRange.ALL)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) crc.update(buffer, 0, read);
        }
        if (crc.getValue() != copied.crc32c())
            throw Failure.invalid(
                    "The object %s at %s is not what was sent: CRC-32C %x, expected %x. Delete it and sync again.",
                    copied.item().key(), target.root(), crc.getValue(), copied.crc32c());
    }

    private PutOutcome put(CopyItem item, SourceContent content) throws IOException {
        try {
            return target.putIfAbsent(item.key(), content);
        } catch (IOException e) {
            if (content.isGone()) throw new SourceFileGoneException(item.key(), e);
            return landedAnyway(item, content, e);
        }
    }

    /** The answer was lost, not necessarily the object: if it is there whole, it was ours. */
    private PutOutcome landedAnyway(CopyItem item, SourceContent content, IOException lost) throws IOException {
        boolean whole = target.head(item.key())
                .filter(info -> info.length() == content.length())
                .isPresent();
        if (!whole) throw lost;
        return PutOutcome.CREATED;
    }

    private CopiedObject reused(CopyItem item, long length, ObjectInfo present) {
        checkLength(item, length, present);
        return new CopiedObject(item, length, 0, false);
    }

    private long lengthAtSource(CopyItem item) throws IOException {
        long length = source.head(item.key())
                .orElseThrow(() -> new SourceFileGoneException(item.key(), null))
                .length();
        if (length < item.length())
            throw Failure.invalid(
                    "The file of deletion vectors %s at %s has %d bytes, the log expects at least %d. The source is "
                            + "damaged; restore it there.",
                    item.key(), source.root(), length, item.length());
        return length;
    }

    private ObjectInfo atTarget(CopyItem item) throws IOException {
        return target.head(item.key())
                .orElseThrow(() -> new IOException("The object " + item.key() + " is not at " + target.root()
                        + " although it was written: it was deleted, or the store does not show it yet."));
    }

    private void checkLength(CopyItem item, long expected, ObjectInfo found) {
        if (found.length() != expected)
            throw Failure.invalid(
                    "The object %s at %s has %d bytes, the source has %d. Something else wrote it: delete it, or "
                            + "give the replica an empty location, and sync again.",
                    item.key(), target.root(), found.length(), expected);
    }
}
