package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the catalog refuses is not there for recipients. A catalog that cannot answer is another matter. */
final class Refusals {
    private static final Set<FailureKind> REFUSALS =
            Set.of(FailureKind.NOT_FOUND, FailureKind.DENIED, FailureKind.UNSUPPORTED, FailureKind.INVALID);

    private Refusals() {}

    /** Empty where it is refused. */
    static <T> Optional<T> unlessRefused(Supplier<T> asked) {
        try {
            return Optional.of(asked.get());
        } catch (Failure failure) {
            if (REFUSALS.contains(failure.kind())) return Optional.empty();
            throw failure;
        }
    }
}
