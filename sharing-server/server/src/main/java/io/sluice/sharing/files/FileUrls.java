package io.sluice.sharing.files;

import io.sluice.lake.store.UrlSigner;
import io.sluice.lake.store.UrlWindow;
import io.sluice.lake.table.Utf8;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.files.TableFiles.OpenedTable;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.Share;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the URLs of files: presigned ones where the store can, ours otherwise. A sealed file never gets a presigned URL:
 * its reader would get ciphertext, and nobody could take the URL back. Nor does a recipient who is let in from listed
 * addresses only: it would open the file from everywhere.
 */
public final class FileUrls {
    /** As long as a presigned one may live anywhere. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final FileTokens tokens;
    private final PublicAddress address;
    private final KeyGate gate;
    private final Clock clock;

    public FileUrls(FileTokens tokens, PublicAddress address, KeyGate gate, Clock clock) {
        this.tokens = tokens;
        this.address = address;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * For whom and from where the URLs of one answer are.
     *
     * @param objectId of what the share holds: the table, or its schema
     * @param keys that must stay at their epochs
     */
    public record Origin(
            Recipient recipient,
            Share share,
            String objectId,
            StoredTable table,
            OpenedTable opened,
            List<KeyEpoch> keys) {
        private boolean mayBePresigned() {
            boolean isPlain = table.sealedScope().isEmpty() && keys.isEmpty();
            // A store does not look at who comes from where.
            boolean isReadFromAnywhere = recipient.admission().addresses().admitsAll();
            return isPlain && isReadFromAnywhere;
        }

        private Duration life() {
            return share.urlLife().asked();
        }
    }

    public Batch begin(Origin origin) {
        Instant now = clock.instant();
        Optional<UrlSigner> signer = origin.mayBePresigned() ? signer(origin, now) : Optional.empty();
        // Ours are cut to the same windows, so that equal questions get equal answers.
        Instant end = signer.map(UrlSigner::expiresAt)
                .orElseGet(() -> UrlWindow.at(now, origin.life(), LONGEST_LIFE).end());
        return new Batch(origin, signer, end);
    }

    private Optional<UrlSigner> signer(Origin origin, Instant now) {
        try {
            return origin.opened().store().signer(now, origin.life());
        } catch (IOException e) {
            throw Failure.unavailable(e, "URLs of the shared table's files cannot be signed just now. Try again.");
        }
    }

    /** The URLs of one answer. For one thread. */
    public final class Batch {
        private final Origin origin;
        private final Optional<UrlSigner> signer;
        private final Instant expiresAt;
        private final Map<String, Long> vectorSizes = new HashMap<>();

        private Batch(Origin origin, Optional<UrlSigner> signer, Instant expiresAt) {
            this.origin = origin;
            this.signer = signer;
            this.expiresAt = expiresAt;
        }

        public Origin origin() {
            return origin;
        }

        /** Whether the URLs are the same for everybody, rather than this recipient's own. */
        public boolean isPresigned() {
            return signer.isPresent();
        }

        /** None of the URLs ends earlier. */
        public Instant expiresAt() {
            return expiresAt;
        }

        /** Throws {@link io.sluice.crypto.seal.KeyRevokedException} when a key was withdrawn since the answer began. */
        public void requireKeys() {
            for (KeyEpoch key : origin.keys()) key.requireCurrent(gate);
        }

        /**
         * In ASCII.
         *
         * @param path as in the log
         */
        public Utf8 url(String path, long size) {
            String key = FileKeys.key(origin.table().location(), path);
            return signer.map(signing -> signed(signing, key)).orElseGet(() -> ours(key, size));
        }

        /** Of a deletion vector's file, whose size the log does not tell. */
        public Utf8 vectorUrl(String path) {
            String key = FileKeys.key(origin.table().location(), path);
            return signer.map(signing -> signed(signing, key))
                    .orElseGet(() -> ours(key, vectorSizes.computeIfAbsent(key, this::size)));
        }

        private static Utf8 signed(UrlSigner signer, String key) {
            byte[] url = new byte[signer.longest(key)];
            return new Utf8(url, 0, signer.write(key, url, 0));
        }

        private Utf8 ours(String key, long size) {
            return Utf8.of(address.fileUrl(tokens.issue(grant(key, size))));
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
                    origin.recipient().id(),
                    origin.share().id(),
                    origin.objectId(),
                    origin.table(),
                    key,
                    size,
                    origin.keys(),
                    expiresAt);
        }
    }
}
