/**
 * Exports assignments and endpoints to Envoy, to service meshes and to gRPC clients of any language, in the protocol
 * they all speak. Start with {@link io.sluice.sharder.grpc.xds.XdsServer}.
 */
@NullMarked
package io.sluice.sharder.grpc.xds;

import org.jspecify.annotations.NullMarked;
