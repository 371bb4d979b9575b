package io.sluice.server.pods;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.loan.Borrow;
import io.sluice.sharder.loan.Recall;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What pods say about loans. */
final class LoanWire {
    static final String BORROW = "/pods/loans/1/borrow";
    static final String RECALL = "/pods/loans/1/recall";
    static final String RESTORE = "/pods/loans/1/restore";

    private LoanWire() {}

    static byte[] write(Borrow borrow) {
        return Message.written(out -> {
            write(out, borrow.borrower());
            write(out, borrow.keys());
        });
    }

    static Borrow borrow(byte[] bytes) {
        return Message.read(bytes, in -> new Borrow(resource(in), keys(in)));
    }

    static byte[] write(Borrow.Lent lent) {
        return Message.written(out -> {
            write(out, lent.keys());
            out.writeLong(lent.forNanos());
        });
    }

    static Borrow.Lent lent(byte[] bytes) {
        return Message.read(bytes, in -> new Borrow.Lent(keys(in), in.readLong()));
    }

    static byte[] write(Recall recall) {
        return Message.written(out -> write(out, recall));
    }

    static Recall recall(byte[] bytes) {
        return Message.read(bytes, LoanWire::recall);
    }

    static byte[] write(Recall.Over over) {
        return Message.written(out -> {
            write(out, over.recall());
            out.writeLong(over.key().bits());
        });
    }

    static Recall.Over over(byte[] bytes) {
        return Message.read(bytes, in -> new Recall.Over(recall(in), new SliceKey(in.readLong())));
    }

    private static void write(DataOutputStream out, Recall recall) throws IOException {
        write(out, recall.lender());
        write(out, recall.borrower());
        out.writeLong(recall.number());
        out.writeLong(recall.slice().low().bits());
        out.writeLong(recall.slice().last().bits());
        out.writeBoolean(recall.isForFormerLives());
    }

    private static Recall recall(DataInputStream in) throws IOException {
        return new Recall(
                resource(in),
                resource(in),
                in.readLong(),
                Slice.closed(new SliceKey(in.readLong()), new SliceKey(in.readLong())),
                in.readBoolean());
    }

    private static void write(DataOutputStream out, Resource resource) throws IOException {
        out.writeUTF(resource.name());
        out.writeUTF(resource.address());
        out.writeLong(resource.incarnation());
    }

    private static Resource resource(DataInputStream in) throws IOException {
        return new Resource(in.readUTF(), in.readUTF(), in.readLong());
    }

    private static void write(DataOutputStream out, Set<SliceKey> keys) throws IOException {
        out.writeInt(keys.size());
        for (SliceKey key : keys) out.writeLong(key.bits());
    }

    private static Set<SliceKey> keys(DataInputStream in) throws IOException {
        Set<SliceKey> keys = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) keys.add(new SliceKey(in.readLong()));
        return keys;
    }
}
