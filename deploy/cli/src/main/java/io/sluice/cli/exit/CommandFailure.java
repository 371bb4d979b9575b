package io.sluice.cli.exit;

import org.jspecify.annotations.Nullable;

/** Ends a command: one sentence for the person, one exit code for the script. Never carries a token. */
public final class CommandFailure extends RuntimeException {
    private final Exit exit;

    public CommandFailure(Exit exit, String message) {
        this(exit, message, null);
    }

    public CommandFailure(Exit exit, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    public Exit exit() {
        return exit;
    }

    public static CommandFailure usage(String format, Object... args) {
        return new CommandFailure(Exit.USAGE, format.formatted(args));
    }

    public static CommandFailure failure(String format, Object... args) {
        return new CommandFailure(Exit.FAILURE, format.formatted(args));
    }

    public static CommandFailure difference(String format, Object... args) {
        return new CommandFailure(Exit.DIFFERENCE, format.formatted(args));
    }
}
