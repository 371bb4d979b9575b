/**
 * The parts that do: threads, sockets and clocks around the machines that decide. {@link
 * io.sluice.sharder.grpc.Assigner}, {@link io.sluice.sharder.grpc.Slicelet} and {@link
 * io.sluice.sharder.grpc.RemoteClerk} are what a server starts; {@link io.sluice.sharder.grpc.SinglePod} starts what one
 * process needs by itself.
 */
@NullMarked
package io.sluice.sharder.grpc;

import org.jspecify.annotations.NullMarked;
