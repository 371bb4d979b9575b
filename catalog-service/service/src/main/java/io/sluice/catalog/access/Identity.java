package io.sluice.catalog.access;

import java.util.List;

/**
 * What an issuer's token says of its bearer.
 *
 * @param expiresAt epoch milliseconds
 */
public record Identity(String principal, List<String> groups, long expiresAt) {}
