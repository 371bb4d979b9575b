package io.sluice.crypto.seal;

/**
 * Which object this is, bound into its ciphertext: a file moved to another name or another subject does not open.
 *
 * @param subject what the object belongs to, for example a table's id
 * @param path the object's name below the subject's root, with forward slashes
 */
public record ObjectIdentity(String subject, String path) {}
