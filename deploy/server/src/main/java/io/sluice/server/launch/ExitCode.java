package io.sluice.server.launch;

/** What the shell is told. The command line knows more of them; these are those of a server. */
public final class ExitCode {
    public static final int FAILURE = 1;
    public static final int USAGE = 2;

    private ExitCode() {}
}
