package io.sluice.lake.hadoop;

import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** The objects below a folder, in the service's order, as far as they are asked for. */
final class S3aListing implements Iterator<ObjectInfo> {
    private final RemoteIterator<LocatedFileStatus> found;
    private final String root;
    private final String prefix;
    private final String after;
    private @Nullable ObjectInfo next;

    S3aListing(RemoteIterator<LocatedFileStatus> found, String root, String prefix, String after) {
        this.found = found;
        this.root = root;
        this.prefix = prefix;
        this.after = after;
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && found.hasNext()) next = wanted(found.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return next != null;
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext() || next == null) throw new NoSuchElementException();
        ObjectInfo info = next;
        next = null;
        return info;
    }

    private @Nullable ObjectInfo wanted(LocatedFileStatus file) {
        String object = file.getPath().toUri().getPath().substring(1);
        if (!object.startsWith(root)) return null;
        String key = object.substring(root.length());
        boolean isWanted = key.startsWith(prefix) && ObjectKeys.ORDER.compare(key, after) > 0;
        return isWanted ? new ObjectInfo(key, file.getLen(), Instant.ofEpochMilli(file.getModificationTime())) : null;
    }
}
