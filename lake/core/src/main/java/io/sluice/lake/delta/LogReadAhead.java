package io.sluice.lake.delta;

import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ParallelReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A table's store for reading its log once, from the newest checkpoint on. Kernel asks for one file after the other; what
 * it will ask for is known as soon as it has listed the log, and is then read side by side. For one load only.
 */
final class LogReadAhead extends ForwardingStore {
    /** What may wait in memory for kernel to come by. The rest is read when it is asked for. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int PIECE_BYTES = 4 << 20;

    /** Fewer small files than this are not worth the threads. */
    private static final int FEW_FILES = 12;

    private final Map<String, Ahead> ahead = new ConcurrentHashMap<>();
    private long begunBytes;

    LogReadAhead(ObjectStore store) {
        super(store);
    }

    private record Ahead(long length, List<CompletableFuture<byte[]>> pieces) {}

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        Iterator<ObjectInfo> found = super.list(prefix, after);
        if (!prefix.equals(LogNames.FOLDER)) return found;
        List<ObjectInfo> log = new ArrayList<>();
        while (found.hasNext()) {
            ObjectInfo next = found.next();
            if (LogNames.isBehindCommits(next.key())) break;
            log.add(next);
        }
        begin(log);
        return log.iterator();
    }

    private void begin(List<ObjectInfo> log) {
        long checkpoint = log.stream()
                .map(file -> LogNames.checkpointVersion(file.key()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max()
                .orElse(-1);
        List<ObjectInfo> needed = new ArrayList<>();
        for (ObjectInfo file : log) {
            OptionalLong commit = LogNames.commitVersion(file.key());
            OptionalLong complete = LogNames.checkpointVersion(file.key());
            boolean isNeeded = commit.isPresent()
                    ? commit.getAsLong() > checkpoint
                    : complete.isPresent() && complete.getAsLong() == checkpoint;
            if (isNeeded) needed.add(file);
        }
        long bytes = needed.stream().mapToLong(ObjectInfo::length).sum();
        if (needed.size() < FEW_FILES && bytes < PIECE_BYTES) return;
        for (ObjectInfo file : needed) if (begunBytes + file.length() <= MAX_BYTES) begin(file);
    }

    private void begin(ObjectInfo file) {
        if (ahead.containsKey(file.key())) return;
        begunBytes += file.length();
        List<CompletableFuture<byte[]>> pieces = new ArrayList<>();
        for (long start = 0; start < file.length(); start += PIECE_BYTES)
            pieces.add(ParallelReads.begin(
                    store(), file.key(), ByteRange.of(start, Math.min(PIECE_BYTES, file.length() - start))));
        ahead.put(file.key(), new Ahead(file.length(), pieces));
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        Ahead begun = ahead.get(key);
        if (begun == null) return super.read(key, range);
        long end = Math.min(begun.length(), range.offset() + Math.min(range.length(), begun.length()));
        byte[] bytes = new byte[(int) Math.max(0, end - range.offset())];
        for (int filled = 0; filled < bytes.length; ) {
            long at = range.offset() + filled;
            byte[] piece = ParallelReads.await(begun.pieces().get((int) (at / PIECE_BYTES)));
            int from = (int) (at % PIECE_BYTES);
            int count = Math.min(piece.length - from, bytes.length - filled);
            if (count <= 0) throw new IOException(key + " is shorter than the list of the log says.");
            System.arraycopy(piece, from, bytes, filled, count);
            filled += count;
        }
        return new ByteArrayInputStream(bytes);
    }
}
