package io.sluice.sharder.transfer;

import java.nio.ByteBuffer;

/** What a provider answers to a pull. */
public sealed interface StateReading {
    /**
     * The state behind the cursor.
     *
     * @param payload in a form that provider and acquirer agree on; may be empty
     * @param next where to go on
     * @param isCaughtUp whether nothing stood behind {@code next} when this was read. A provider that still serves may
     *     have more a moment later.
     */
    record Chunk(ByteBuffer payload, Cursor next, boolean isCaughtUp) implements StateReading {
        public Chunk {
            payload = payload.asReadOnlyBuffer();
        }

        /** Read-only, and with a position of its own for each caller. */
        @Override
        public ByteBuffer payload() {
            return payload.duplicate();
        }

        public int bytes() {
            return payload.remaining();
        }
    }

    /** The cursor is of another life of this pod, or was let go in the meantime: begin again with a preparation. */
    record CursorLost() implements StateReading {}
}
