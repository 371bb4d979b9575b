package io.sluice.catalog.govern;

import io.sluice.model.failure.Failure;

/** Compare-and-set on the version of a row: of two writers that read the same version, the second is told. */
final class Versions {
    private Versions() {}

    static void requireUpdated(boolean updated, String what) {
        if (!updated)
            throw Failure.conflict("Somebody else changed %s at the same time. Read it again and retry.", what);
    }
}
