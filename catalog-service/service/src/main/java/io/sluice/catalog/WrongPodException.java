package io.sluice.catalog;

import java.net.URI;

/** Another pod answers for what was asked. The server forwards the request there, once. */
public final class WrongPodException extends RuntimeException {
    private final URI owner;

    public WrongPodException(URI owner) {
        super("answered by " + owner, null, false, false);
        this.owner = owner;
    }

    public URI owner() {
        return owner;
    }
}
