package io.sluice.crypto.hierarchy;

/** A data key as it is stored: wrapped by its scope's KEK. */
record DekRow(String id, int version, String scope, String subject, String kekId, int kekVersion, String wrapped) {}
