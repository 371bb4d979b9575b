package io.sluice.catalog.record;

/**
 * A bearer token that was issued. The token itself is nowhere: only its SHA-256.
 *
 * @param digest SHA-256 in lower-case hex
 * @param expiresAt epoch milliseconds
 */
public record TokenRecord(String id, String digest, String principal, String comment, long createdAt, long expiresAt) {}
