package io.sluice.lake.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A snapshot in bytes, so that another process need not read its log. Byte by byte, numbers with the highest byte first:
 *
 * <pre>
 * 1 byte   layout, 1
 * and deflated
 *   8 bytes  version of the table
 *   8 bytes  seconds since 1970, 4 bytes nanoseconds: when its last commit was written
 *   the protocol, then the metadata, then 4 bytes number of files, then each file's add action;
 *   each of these is 4 bytes length and then JSON
 * </pre>
 */
public final class SnapshotCodec {
    private static final int LAYOUT = 1;

    private SnapshotCodec() {}

    public static byte[] encode(TableSnapshot snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(LAYOUT);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            out.writeLong(snapshot.version());
            out.writeLong(snapshot.storedAt().getEpochSecond());
            out.writeInt(snapshot.storedAt().getNano());
            write(snapshot.protocol(), out);
            write(snapshot.metadata(), out);
            out.writeInt(snapshot.files().size());
            for (Iterator<IndexedFile> files = snapshot.files().indexed(); files.hasNext(); )
                write(files.next().action(), out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException on bytes that {@link #encode} of this version would not have made. */
    public static TableSnapshot decode(byte[] bytes) {
        ByteArrayInputStream from = new ByteArrayInputStream(bytes);
        int layout = from.read();
        if (layout != LAYOUT) throw new IllegalArgumentException("a snapshot of layout " + layout);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(from))) {
            long version = in.readLong();
            Instant storedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
            ObjectNode protocol = read(in);
            ObjectNode metadata = read(in);
            FileIndex.Builder files = new FileIndex.Builder();
            for (int left = in.readInt(); left > 0; left--) files.add(read(in));
            return new TableSnapshot(version, storedAt, protocol, metadata, files.build());
        } catch (IOException e) {
            throw new IllegalArgumentException("no snapshot of a table, or not all of it", e);
        }
    }

    private static void write(ObjectNode json, DataOutputStream out) throws IOException {
        byte[] text = LogJson.MAPPER.writeValueAsBytes(json);
        out.writeInt(text.length);
        out.write(text);
    }

    private static ObjectNode read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] text = in.readNBytes(length);
        if (text.length < length) throw new IOException("cut off after " + text.length + " of " + length + " bytes");
        if (LogJson.MAPPER.readTree(text) instanceof ObjectNode json) return json;
        throw new IOException("what should be an object is none");
    }
}
