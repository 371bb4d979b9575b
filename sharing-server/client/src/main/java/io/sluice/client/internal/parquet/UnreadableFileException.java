package io.sluice.client.internal.parquet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file is damaged, or uses what this client cannot read. The message is a half-sentence that goes on from its name. */
public final class UnreadableFileException extends IOException {
    private UnreadableFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static UnreadableFileException because(String format, Object... args) {
        return new UnreadableFileException(format.formatted(args), null);
    }

    /** The file may be as it should be, for another table. */
    static UnreadableFileException misfit(IllegalArgumentException cause) {
        return new UnreadableFileException(String.valueOf(cause.getMessage()), cause);
    }

    /** What the libraries throw at bytes that make no sense. */
    static UnreadableFileException damaged(Throwable cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new UnreadableFileException("it is damaged (%s)".formatted(why), cause);
    }
}
