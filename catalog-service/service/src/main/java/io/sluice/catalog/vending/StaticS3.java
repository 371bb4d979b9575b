package io.sluice.catalog.vending;

import java.net.URI;
import java.util.Optional;

/**
 * Keys of a store that speaks S3 and is not Amazon's.
 *
 * @param handout what a caller gets
 */
public record StaticS3(
        String accessKeyId,
        String secretAccessKey,
        URI endpoint,
        String region,
        boolean pathStyle,
        Optional<String> sessionToken,
        Handout handout)
        implements StorageIdentity {

    /** What a caller gets of keys that do not expire. */
    public enum Handout {
        /** A session that the store's own AssumeRole confines to the folder. The keys stay here. */
        CONFINED_SESSION,
        /**
         * The keys themselves: whoever may read one folder gets all that the keys open, for as long as they are valid.
         * For stores without sessions, and only where the store has confined the keys to what every caller may see.
         */
        UNCONFINED_KEYS
    }

    /** Hands out confined sessions. */
    public StaticS3(
            String accessKeyId,
            String secretAccessKey,
            URI endpoint,
            String region,
            boolean pathStyle,
            Optional<String> sessionToken) {
        this(accessKeyId, secretAccessKey, endpoint, region, pathStyle, sessionToken, Handout.CONFINED_SESSION);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "StaticS3[" + accessKeyId + " at " + endpoint + ", " + handout + "]";
    }
}
