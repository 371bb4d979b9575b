package io.sluice.catalog;

import java.net.URI;
import java.util.List;

/** Another pod answers for what was asked. The server forwards the request there, once. */
public final class WrongPodException extends RuntimeException {
    private final URI owner;
    private final List<URI> readers;

    public WrongPodException(URI owner) {
        this(owner, List.of());
    }

    /** @param readers pods that may answer in the owner's place, because nothing is to be written */
    public WrongPodException(URI owner, List<URI> readers) {
        super("answered by " + owner, null, false, false);
        this.owner = owner;
        this.readers = List.copyOf(readers);
    }

    public URI owner() {
        return owner;
    }

    public List<URI> readers() {
        return readers;
    }
}
