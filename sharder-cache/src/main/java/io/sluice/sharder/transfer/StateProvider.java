package io.sluice.sharder.transfer;

import io.sluice.sharder.Slice;

/**
 * The old owner's side: hands out what it holds of a slice, hottest first, and then what changed since. May be asked for
 * several slices at once, from any thread, and may take its time: it is called on a thread of its own.
 */
public interface StateProvider {
    /**
     * Begins: fixes what stands first in line, for example a snapshot at some version. What is kept for it may be let go
     * when nobody has asked for a while; the cursor is then lost.
     *
     * @param slice may be a part of what this pod holds, or reach beyond it; only what is held is handed out
     */
    Cursor prepare(Slice slice);

    /**
     * The state that follows the cursor. Asked twice with one cursor, it answers twice: the first answer may have been
     * lost on the way.
     *
     * @param mostBytes what a chunk may hold, but for a single item that is larger
     */
    StateReading read(Slice slice, Cursor cursor, int mostBytes);

    /** The acquirer has everything. May come twice or never. */
    void release(Slice slice, Cursor cursor);
}
