package io.sluice.cli.http;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns the many ways in which a connection fails into one sentence each. */
public final class Unreachable {
    private Unreachable() {}

    /** A call that may fail on the wire. */
    public interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    public static <T> T guard(URI target, Call<T> call) {
        try {
            return call.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(Exit.FAILURE, "Interrupted while waiting for " + place(target) + ".", e);
        } catch (IOException e) {
            throw new CommandFailure(Exit.UNAVAILABLE, sentence(target, e), e);
        }
    }

    private static String sentence(URI target, IOException failure) {
        if (causedBy(failure, UnresolvedAddressException.class) || causedBy(failure, UnknownHostException.class))
            return "The host \"%s\" is not known. Check the server's address.".formatted(target.getHost());
        // The order matters: the connect time-out is an HttpTimeoutException too.
        if (failure instanceof HttpConnectTimeoutException)
            return "No answer from %s: the connection was not accepted in time.".formatted(place(target));
        if (failure instanceof HttpTimeoutException)
            return "No answer from %s in time. What was asked for may still be going on there; look before asking again."
                    .formatted(place(target));
        if (failure instanceof ConnectException)
            return "Nothing answers at %s. Start a server with \"sluice dev\", or name another with --server or SLUICE_SERVER."
                    .formatted(place(target));
        if (causedBy(failure, SSLException.class))
            return "No secure connection to %s: %s.".formatted(place(target), failure.getMessage());
        return "The connection to %s broke off: %s.".formatted(place(target), failure.getMessage());
    }

    /** Host and port only: a file's address carries a token in its path. */
    private static String place(URI target) {
        return target.getScheme() + "://" + target.getAuthority();
    }

    private static boolean causedBy(@Nullable Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable at = failure; at != null; at = at.getCause()) if (kind.isInstance(at)) return true;
        return false;
    }
}
