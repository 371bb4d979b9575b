package io.sluice.sharing.rest;

/**
 * Who sends the request to the management API. Provided by the server for each request, behind its authentication; the
 * sharing protocol itself does not ask it, because recipients are no principals.
 */
public interface Caller {
    /** The principal's name. Throws a {@code Failure} (unauthenticated) when nobody is logged in. */
    String principal();
}
