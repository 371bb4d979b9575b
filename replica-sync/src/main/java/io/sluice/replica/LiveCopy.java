package io.sluice.replica;

/**
 * A replica that can be read.
 *
 * @param sourceVersion the source version whose rows it holds
 * @param targetVersion the version under which its own log has them
 */
public record LiveCopy(Replica replica, long sourceVersion, long targetVersion) {}
