package io.sluice.replica.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The source has no such file any more: it was cleaned up while we copied. A newer version does not need it. */
final class SourceFileGoneException extends IOException {
    SourceFileGoneException(String key, @Nullable Throwable cause) {
        super("The source no longer has the file \"" + key + "\".", cause);
    }
}
