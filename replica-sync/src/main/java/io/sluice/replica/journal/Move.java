package io.sluice.replica.journal;

/**
 * A file that an attempt brought to the target: it was not there before.
 *
 * @param position how many bytes the attempt had read when the file was whole; a claim up to there settles the move
 */
public record Move(String attemptId, String path, long bytes, long position) {}
