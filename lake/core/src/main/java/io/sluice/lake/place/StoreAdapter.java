package io.sluice.lake.place;

import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.S3Connection;
import java.io.IOException;

/** Another client for S3 than ours, found as a service among jars that the operator names. */
public interface StoreAdapter {
    /** @param folder without slashes at its ends; empty for the whole bucket */
    ObjectStore open(S3Connection connection, String bucket, String folder) throws IOException;
}
