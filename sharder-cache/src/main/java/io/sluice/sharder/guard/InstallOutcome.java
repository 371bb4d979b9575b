package io.sluice.sharder.guard;

import io.sluice.sharder.Generation;

/** What became of an attempt to install a guard. */
public sealed interface InstallOutcome {
    /** Valid once the transaction has committed. */
    record Installed(Guard guard) implements InstallOutcome {}

    /** A later owner was faster; {@code actual} is its generation. Nothing was written. */
    record Outrun(Generation actual) implements InstallOutcome {}
}
