package io.sluice.catalog.vending;

/** Nobody: for a folder of this machine the file system's own rights are what holds. */
public record LocalFiles() implements StorageIdentity {}
