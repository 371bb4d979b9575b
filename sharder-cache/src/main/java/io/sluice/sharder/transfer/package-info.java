/**
 * How the state behind a slice gets from the pod that serves it to the pod that is to serve it next, before requests do.
 * The old owner implements {@link io.sluice.sharder.transfer.StateProvider}, the new one {@link
 * io.sluice.sharder.transfer.StateAcquirer}; {@link io.sluice.sharder.transfer.TransferMachine} decides on the new
 * owner's side, and {@code io.sluice.sharder.grpc} carries the bytes.
 *
 * <p>A transfer is an optimisation: whoever acquires must be able to serve without it, only slower.
 */
@NullMarked
package io.sluice.sharder.transfer;

import org.jspecify.annotations.NullMarked;
