package io.sluice.sharder.kv;

import io.sluice.sharder.Generation;
import io.sluice.sharder.SliceKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries in a chunk, byte by byte, numbers with the highest byte first:
 *
 * <pre>
 * 1 byte    version, 1
 * then for each entry
 *   1 byte  1: it is there, 2: it was removed
 *   8 bytes its key in the key space
 *   4 bytes length of its name, then the name in UTF-8
 *   and if it is there
 *   16 bytes the ownership it was stored under: incarnation and number of a generation
 *   8 bytes milliseconds that it has left
 *   4 bytes length of its value, then the value
 * </pre>
 */
final class EntryLayout {
    private static final int VERSION = 1;
    private static final int THERE = 1;
    private static final int REMOVED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** An entry on its way. */
    sealed interface Item {
        Slot slot();
    }

    record There(Slot slot, Stored stored) implements Item {}

    record Removed(Slot slot) implements Item {}

    int size() {
        return bytes.size();
    }

    void put(Slot slot, Stored stored) {
        write(() -> {
            head(THERE, slot);
            out.writeLong(stored.since().incarnation());
            out.writeLong(stored.since().number());
            out.writeLong(stored.ttlMillis());
            out.writeInt(stored.value().length);
            out.write(stored.value());
        });
    }

    void removed(Slot slot) {
        write(() -> head(REMOVED, slot));
    }

    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    static List<Item> read(ByteBuffer payload) {
        List<Item> items = new ArrayList<>();
        try {
            if (payload.hasRemaining() && payload.get() != VERSION)
                throw new IllegalArgumentException("entries of a later version than " + VERSION);
            while (payload.hasRemaining()) items.add(item(payload));
        } catch (BufferUnderflowException | NegativeArraySizeException cut) {
            throw new IllegalArgumentException("a chunk ends in the middle of an entry", cut);
        }
        return items;
    }

    private static Item item(ByteBuffer payload) {
        int kind = payload.get();
        Slot slot = new Slot(new SliceKey(payload.getLong()), new String(bytes(payload), StandardCharsets.UTF_8));
        return switch (kind) {
            case THERE -> {
                Generation since = new Generation(payload.getLong(), payload.getLong());
                long ttlMillis = payload.getLong();
                yield new There(slot, new Stored(bytes(payload), ttlMillis, since));
            }
            case REMOVED -> new Removed(slot);
            default -> throw new IllegalArgumentException("an entry of kind " + kind);
        };
    }

    private static byte[] bytes(ByteBuffer payload) {
        int length = payload.getInt();
        if (length < 0 || length > payload.remaining()) throw new BufferUnderflowException();
        byte[] read = new byte[length];
        payload.get(read);
        return read;
    }

    private void head(int kind, Slot slot) throws IOException {
        byte[] name = slot.name().getBytes(StandardCharsets.UTF_8);
        if (bytes.size() == 0) out.writeByte(VERSION);
        out.writeByte(kind);
        out.writeLong(slot.at().bits());
        out.writeInt(name.length);
        out.write(name);
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }
}
