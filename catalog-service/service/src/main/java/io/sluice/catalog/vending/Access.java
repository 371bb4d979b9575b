package io.sluice.catalog.vending;

/** What a credential is to allow. */
public enum Access {
    READ,
    READ_WRITE
}
