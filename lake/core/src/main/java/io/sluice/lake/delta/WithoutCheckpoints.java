package io.sluice.lake.delta;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A table's store in which no checkpoint is to be seen, so that its log is read from the first commit on. */
final class WithoutCheckpoints extends ForwardingStore {
    WithoutCheckpoints(ObjectStore store) {
        super(store);
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        List<ObjectInfo> visible = new ArrayList<>();
        super.list(prefix, after).forEachRemaining(found -> {
            if (LogNames.checkpointVersion(found.key()).isEmpty()) visible.add(found);
        });
        return visible.iterator();
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        if (key.equals(LogNames.LAST_CHECKPOINT)) throw new ObjectNotFoundException(key);
        return super.read(key, range);
    }
}
