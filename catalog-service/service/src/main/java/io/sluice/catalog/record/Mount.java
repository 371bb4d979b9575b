package io.sluice.catalog.record;

/**
 * What a mounted catalog shows.
 *
 * @param providerId the one that was meant, whoever takes its name later
 * @param providerName kept as long as the catalog stands
 */
public record Mount(String providerId, String providerName, String shareName) {}
