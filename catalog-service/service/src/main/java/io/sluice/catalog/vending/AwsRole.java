package io.sluice.catalog.vending;

/**
 * A role that the owner of a bucket lets us take.
 *
 * @param externalId chosen by us, so that another customer's server cannot take the same role
 */
public record AwsRole(String arn, String externalId) {}
