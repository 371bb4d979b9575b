package io.sluice.catalog.govern;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;

/** The database's unique constraint decides between racing creates; its answer is told in the words of the thing. */
final class Duplicates {
    private Duplicates() {}

    static Failure told(Failure failure, Failure asAlreadyExists) {
        return failure.kind() == FailureKind.ALREADY_EXISTS ? asAlreadyExists : failure;
    }
}
