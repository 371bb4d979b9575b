package io.sluice.lake.store;

import java.time.Instant;

/** A user delegation key: what the service made for an identity to sign with. Prints no secret. */
record AzureDelegation(
        String objectId, String tenantId, Instant start, Instant end, String service, String version, byte[] value) {
    @Override
    public String toString() {
        return "AzureDelegation[" + objectId + " until " + end + "]";
    }
}
