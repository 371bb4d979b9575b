package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A table's store whose log is a single commit, made of what was read before: kernel then reads the rows of a table
 * without reading its log again, and those of a table that has no log of Delta's.
 */
final class OneCommitLog extends ForwardingStore {
    private static final String COMMIT = LogNames.commit(0);

    private final byte[] commit;

    /** @param mostFiles how many of its files the log tells of */
    OneCommitLog(ObjectStore store, TableSnapshot table, int mostFiles) {
        super(store);
        List<ObjectNode> actions = new ArrayList<>();
        actions.add(action("protocol", table.protocol()));
        actions.add(action("metaData", table.metadata()));
        table.files().stream().limit(mostFiles).forEach(file -> actions.add(action("add", file.add())));
        this.commit = LogJson.write(actions);
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        if (!prefix.startsWith(LogNames.FOLDER)) return super.list(prefix, after);
        boolean isListed = COMMIT.startsWith(prefix) && COMMIT.compareTo(after) > 0;
        return isListed ? List.of(info()).iterator() : List.<ObjectInfo>of().iterator();
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        if (!key.startsWith(LogNames.FOLDER)) return super.head(key);
        return key.equals(COMMIT) ? Optional.of(info()) : Optional.empty();
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        if (!key.startsWith(LogNames.FOLDER)) return super.read(key, range);
        if (!key.equals(COMMIT)) throw new ObjectNotFoundException(key);
        int from = (int) Math.min(range.offset(), commit.length);
        return new ByteArrayInputStream(commit, from, (int) Math.min(range.length(), commit.length - from));
    }

    private ObjectInfo info() {
        return new ObjectInfo(COMMIT, commit.length, Instant.EPOCH);
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set(name, body);
        return action;
    }
}
