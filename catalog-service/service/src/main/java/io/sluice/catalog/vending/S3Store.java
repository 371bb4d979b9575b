package io.sluice.catalog.vending;

import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import java.net.URI;

/**
 * A store that speaks S3, is not Amazon's, and may be opened by credentials of the catalog.
 *
 * @param root {@code s3://bucket} or a folder below it; nothing is given for what is outside
 */
public record S3Store(URI root, S3Keys.Endpoint endpoint, String accessKeyId, String secretAccessKey, Handout handout) {

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

    boolean contains(CloudFolder folder) {
        String around = root.toString().replaceFirst("/*$", "/");
        return (folder.text() + "/").startsWith(around);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "S3Store[" + root + " at " + endpoint.uri() + ", " + accessKeyId + ", " + handout + "]";
    }
}
