package io.sluice.sharing.files;

import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.share.ShareId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The canonical bytes of a grant, version 1. Every text is preceded by its length, so no two grants have equal bytes.
 *
 * <pre>
 *   1  version           1
 *   1  method class      'R': GET and HEAD
 *   8  expiry            epoch milliseconds
 *   8  size              plain bytes
 *   .  recipient, share, object, table, location, key
 *   1  scope present     0 or 1, then the scope
 *   1  number of keys    each: scope, 8 bytes epoch
 * </pre>
 */
final class GrantCodec {
    private static final int VERSION = 1;
    private static final int READ = 'R';

    private GrantCodec() {}

    static byte[] encode(FileGrant grant) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(READ);
            out.writeLong(grant.expiresAt().toEpochMilli());
            out.writeLong(grant.size());
            out.writeUTF(grant.recipient().value());
            out.writeUTF(grant.share().value());
            out.writeUTF(grant.objectId());
            out.writeUTF(grant.table().tableId());
            out.writeUTF(grant.table().location().toString());
            out.writeUTF(grant.key());
            Optional<String> scope = grant.table().sealedScope();
            out.writeBoolean(scope.isPresent());
            if (scope.isPresent()) out.writeUTF(scope.get());
            out.writeByte(grant.keys().size());
            for (KeyEpoch key : grant.keys()) {
                out.writeUTF(key.scope());
                out.writeLong(key.epoch());
            }
        } catch (IOException e) {
            throw new IllegalStateException("a grant does not fit into a token", e);
        }
        return bytes.toByteArray();
    }

    /** Requires: the bytes are ours; the caller has checked their MAC. */
    static FileGrant decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            int method = in.readUnsignedByte();
            if (version != VERSION || method != READ)
                throw new IllegalStateException("token version " + version + ", method class " + method);
            Instant expiresAt = Instant.ofEpochMilli(in.readLong());
            long size = in.readLong();
            RecipientId recipient = new RecipientId(in.readUTF());
            ShareId share = new ShareId(in.readUTF());
            String objectId = in.readUTF();
            String tableId = in.readUTF();
            URI location = URI.create(in.readUTF());
            String key = in.readUTF();
            Optional<String> scope = in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
            List<KeyEpoch> keys = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--)
                keys.add(new KeyEpoch(in.readUTF(), in.readLong()));
            StoredTable table = new StoredTable(tableId, location, scope);
            return new FileGrant(recipient, share, objectId, table, key, size, keys, expiresAt);
        } catch (IOException e) {
            throw new IllegalStateException("a token with a good MAC ends early", e);
        }
    }
}
