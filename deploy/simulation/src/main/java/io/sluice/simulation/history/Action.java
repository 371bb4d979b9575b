package io.sluice.simulation.history;

import java.util.Optional;

/** What a client did to a register, and what it saw. A revoke is a write of {@link #NOTHING}. */
public sealed interface Action {
    /** What stands in a register that nobody has written to, or from which all was taken away. */
    String NOTHING = "";

    /** What stands there afterwards; empty if this cannot have happened while {@code value} stood there. */
    Optional<String> after(String value);

    record Read(String seen) implements Action {
        @Override
        public Optional<String> after(String value) {
            return value.equals(seen) ? Optional.of(value) : Optional.empty();
        }
    }

    record Write(String value) implements Action {
        @Override
        public Optional<String> after(String before) {
            return Optional.of(value);
        }
    }

    /** A write that was made because {@code expected} stood there. */
    record Swap(String expected, String value) implements Action {
        @Override
        public Optional<String> after(String before) {
            return before.equals(expected) ? Optional.of(value) : Optional.empty();
        }
    }
}
