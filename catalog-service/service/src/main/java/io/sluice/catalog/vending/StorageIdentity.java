package io.sluice.catalog.vending;

/**
 * Who we are towards a store when we ask it for credentials. Those that hold a secret do not print it. Two that are
 * equal share what is kept; a changed secret is another identity.
 */
public sealed interface StorageIdentity permits AwsRole, StaticS3, AzureServicePrincipal, GcpServiceAccount, LocalFiles {}
