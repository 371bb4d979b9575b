package io.sluice.sharing.files;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.files.TableFiles.OpenedTable;
import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.share.ShareId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the URLs of files: presigned ones where the store can and the bytes are plain, ours otherwise. A sealed file
 * never gets a presigned URL: its reader would get ciphertext, and nobody could take the URL back.
 */
public final class FileUrls {
    /** As in the reference server. A URL of ours is checked anew at each use, a presigned one cannot be. */
    public static final Duration DEFAULT_LIFE = Duration.ofHours(1);

    private final FileTokens tokens;
    private final PublicAddress address;
    private final KeyGate gate;
    private final Duration life;
    private final Clock clock;

    public FileUrls(FileTokens tokens, PublicAddress address, KeyGate gate, Duration life, Clock clock) {
        this.tokens = tokens;
        this.address = address;
        this.gate = gate;
        this.life = life;
        this.clock = clock;
    }

    /**
     * For whom and from where the URLs of one answer are.
     *
     * @param keys that must stay at their epochs
     */
    public record Origin(
            RecipientId recipient, ShareId share, StoredTable table, OpenedTable opened, List<KeyEpoch> keys) {
        private boolean isPlain() {
            return table.sealedScope().isEmpty() && keys.isEmpty();
        }
    }

    public Batch begin(Origin origin) {
        return new Batch(origin, clock.instant().plus(life));
    }

    /** The URLs of one answer. */
    public final class Batch {
        private final Origin origin;
        private final Instant expiresAt;
        private final Map<String, Long> vectorSizes = new HashMap<>();

        private Batch(Origin origin, Instant expiresAt) {
            this.origin = origin;
            this.expiresAt = expiresAt;
        }

        public Origin origin() {
            return origin;
        }

        /** None of the URLs ends earlier. */
        public Instant expiresAt() {
            return expiresAt;
        }

        /** Throws {@link io.sluice.crypto.seal.KeyRevokedException} when a key was withdrawn since the answer began. */
        public void requireKeys() {
            for (KeyEpoch key : origin.keys()) key.requireCurrent(gate);
        }

        /** @param path as in the log */
        public String url(String path, long size) {
            String key = FileKeys.key(origin.table().location(), path);
            Optional<URI> presigned = origin.isPlain() ? presigned(key) : Optional.empty();
            return presigned.map(URI::toString).orElseGet(() -> address.fileUrl(tokens.issue(grant(key, size))));
        }

        /** Of a deletion vector's file, whose size the log does not tell. */
        public String vectorUrl(String path) {
            String key = FileKeys.key(origin.table().location(), path);
            return url(
                    path,
                    origin.isPlain() && presigned(key).isPresent() ? 0 : vectorSizes.computeIfAbsent(key, this::size));
        }

        private Optional<URI> presigned(String key) {
            try {
                return origin.opened().store().presign(key, life);
            } catch (IOException e) {
                throw Failure.unavailable(e, "URLs of the shared table's files cannot be signed just now. Try again.");
            }
        }

        private long size(String key) {
            try {
                return origin.opened()
                        .store()
                        .head(key)
                        .orElseThrow(() -> Failure.invalid(
                                "A file of the shared table is gone: %s. Ask the provider to repair the table.", key))
                        .length();
            } catch (IOException e) {
                throw Failure.unavailable(e, "The shared table's files cannot be looked at just now. Try again.");
            }
        }

        private FileGrant grant(String key, long size) {
            return new FileGrant(
                    origin.recipient(), origin.share(), origin.table(), key, size, origin.keys(), expiresAt);
        }
    }
}
