package io.sluice.cli.exit;

/** How a run ended, as scripts see it. The numbers are a promise and never change. */
public enum Exit {
    OK(0),
    FAILURE(1),
    USAGE(2),
    NOT_FOUND(3),
    DENIED(4),
    CONFLICT(5),
    UNAVAILABLE(6),
    /** Two things that have to be equal are not. */
    DIFFERENCE(7);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
