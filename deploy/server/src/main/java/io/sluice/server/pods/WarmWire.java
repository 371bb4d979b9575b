package io.sluice.server.pods;

import io.sluice.catalog.snapshot.Warm;
import io.sluice.model.name.EntityName;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pod is asked before it hands over slices, and its answer. */
final class WarmWire {
    static final String WARM = "/pods/warm/1";

    private WarmWire() {}

    static byte[] ask(List<Slice> slices) {
        return Message.written(out -> {
            out.writeInt(slices.size());
            for (Slice slice : slices) {
                out.writeLong(slice.low().bits());
                out.writeLong(slice.last().bits());
            }
        });
    }

    static List<Slice> slices(byte[] bytes) {
        return Message.read(bytes, in -> {
            List<Slice> slices = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--)
                slices.add(Slice.closed(new SliceKey(in.readLong()), new SliceKey(in.readLong())));
            return slices;
        });
    }

    static byte[] write(List<Warm> all) {
        return Message.written(out -> {
            out.writeInt(all.size());
            for (Warm warm : all) write(out, warm);
        });
    }

    static List<Warm> warm(byte[] bytes) {
        return Message.read(bytes, in -> {
            List<Warm> all = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) all.add(warm(in));
            return all;
        });
    }

    private static void write(DataOutputStream out, Warm warm) throws IOException {
        out.writeUTF(warm.catalogId());
        out.writeUTF(warm.catalog().value());
        out.writeBoolean(warm.tables().isPresent());
        if (warm.tables().isPresent()) {
            out.writeUTF(warm.tables().get().schema().value());
            out.writeUTF(warm.tables().get().from());
        }
        out.writeInt(warm.idleSeconds());
    }

    private static Warm warm(DataInputStream in) throws IOException {
        return new Warm(
                in.readUTF(),
                EntityName.of(in.readUTF()),
                in.readBoolean()
                        ? Optional.of(new Warm.Place(EntityName.of(in.readUTF()), in.readUTF()))
                        : Optional.empty(),
                in.readInt());
    }
}
