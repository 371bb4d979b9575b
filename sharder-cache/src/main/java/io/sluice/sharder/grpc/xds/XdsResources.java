package io.sluice.sharder.grpc.xds;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import com.google.protobuf.Any;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.wire.xds.AddressP;
import io.sluice.sharder.wire.xds.AggregatedConfigSourceP;
import io.sluice.sharder.wire.xds.ApiListenerP;
import io.sluice.sharder.wire.xds.ClusterLoadAssignmentP;
import io.sluice.sharder.wire.xds.ClusterP;
import io.sluice.sharder.wire.xds.ConfigSourceP;
import io.sluice.sharder.wire.xds.EdsClusterConfigP;
import io.sluice.sharder.wire.xds.EndpointP;
import io.sluice.sharder.wire.xds.HttpConnectionManagerP;
import io.sluice.sharder.wire.xds.HttpFilterP;
import io.sluice.sharder.wire.xds.LbEndpointP;
import io.sluice.sharder.wire.xds.ListenerP;
import io.sluice.sharder.wire.xds.LocalityLbEndpointsP;
import io.sluice.sharder.wire.xds.LocalityP;
import io.sluice.sharder.wire.xds.MetadataP;
import io.sluice.sharder.wire.xds.RouteActionP;
import io.sluice.sharder.wire.xds.RouteConfigurationP;
import io.sluice.sharder.wire.xds.RouteMatchP;
import io.sluice.sharder.wire.xds.RouteP;
import io.sluice.sharder.wire.xds.SocketAddressP;
import io.sluice.sharder.wire.xds.VirtualHostP;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is exported of a target: a listener and a route, so that {@code xds:///<target>} resolves, a cluster, and its
 * endpoints by zone. Each endpoint says in its metadata which slices it holds, for those who route by key themselves;
 * under {@code envoy.lb} it carries its name, by which Envoy can pick one.
 */
final class XdsResources {
    private static final String TYPES = "type.googleapis.com/envoy.";
    static final String LISTENER = TYPES + "config.listener.v3.Listener";
    static final String ROUTE = TYPES + "config.route.v3.RouteConfiguration";
    static final String CLUSTER = TYPES + "config.cluster.v3.Cluster";
    static final String ENDPOINTS = TYPES + "config.endpoint.v3.ClusterLoadAssignment";
    private static final String CONNECTIONS =
            TYPES + "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
    private static final String ROUTER = TYPES + "extensions.filters.http.router.v3.Router";
    private static final String OUR_METADATA = "io.sluice.sharder";
    private static final int CLUSTER_BY_EDS = 3;
    private static final int XDS_VERSION_3 = 2;
    /** Envoy's weights are whole numbers. */
    private static final int WEIGHT_OF_ONE = 100;

    private XdsResources() {}

    /** By type URL. */
    static Map<String, Any> of(Target target, Assignment assignment, Function<Resource, ExportedPod> describe) {
        return Map.of(
                LISTENER, any(LISTENER, listener(target.name())),
                ROUTE, any(ROUTE, route(target.name())),
                CLUSTER, any(CLUSTER, cluster(target.name())),
                ENDPOINTS, any(ENDPOINTS, endpoints(target.name(), assignment, describe)));
    }

    private static ListenerP listener(String name) {
        HttpConnectionManagerP manager = HttpConnectionManagerP.newBuilder()
                .setRouteConfig(route(name))
                .addHttpFilters(HttpFilterP.newBuilder()
                        .setName("router")
                        .setTypedConfig(Any.newBuilder().setTypeUrl(ROUTER)))
                .build();
        return ListenerP.newBuilder()
                .setName(name)
                .setApiListener(ApiListenerP.newBuilder().setApiListener(any(CONNECTIONS, manager)))
                .build();
    }

    private static RouteConfigurationP route(String name) {
        RouteP everything = RouteP.newBuilder()
                .setMatch(RouteMatchP.newBuilder().setPrefix(""))
                .setRoute(RouteActionP.newBuilder().setCluster(name))
                .build();
        return RouteConfigurationP.newBuilder()
                .setName(name)
                .addVirtualHosts(
                        VirtualHostP.newBuilder().setName(name).addDomains("*").addRoutes(everything))
                .build();
    }

    private static ClusterP cluster(String name) {
        ConfigSourceP here = ConfigSourceP.newBuilder()
                .setAds(AggregatedConfigSourceP.getDefaultInstance())
                .setResourceApiVersion(XDS_VERSION_3)
                .build();
        return ClusterP.newBuilder()
                .setName(name)
                .setType(CLUSTER_BY_EDS)
                .setEdsClusterConfig(EdsClusterConfigP.newBuilder().setEdsConfig(here))
                .build();
    }

    private static ClusterLoadAssignmentP endpoints(
            String name, Assignment assignment, Function<Resource, ExportedPod> describe) {
        Map<Resource, List<Tenure>> byPod = assignment.tenures().stream()
                .filter(tenure -> hasAddress(tenure.owner()))
                .collect(Collectors.groupingBy(Tenure::owner, TreeMap::new, Collectors.toList()));
        Map<String, List<Resource>> byZone = byPod.keySet().stream()
                .collect(Collectors.groupingBy(pod -> describe.apply(pod).zone(), TreeMap::new, Collectors.toList()));
        ClusterLoadAssignmentP.Builder all = ClusterLoadAssignmentP.newBuilder().setClusterName(name);
        byZone.forEach((zone, pods) -> {
            var locality = LocalityLbEndpointsP.newBuilder()
                    .setLocality(LocalityP.newBuilder().setZone(zone));
            int weight = 0;
            for (Resource pod : pods) {
                ExportedPod told = describe.apply(pod);
                locality.addLbEndpoints(endpoint(pod, told, byPod.getOrDefault(pod, List.of())));
                weight += weight(told);
            }
            all.addEndpoints(locality.setLoadBalancingWeight(UInt32Value.of(weight)));
        });
        return all.build();
    }

    /** Envoy refuses all endpoints of a cluster if a single one is a name. */
    static boolean hasAddress(Resource pod) {
        try {
            HostAndPort at = HostAndPort.fromString(pod.address());
            return at.hasPort() && InetAddresses.isInetAddress(at.getHost());
        } catch (IllegalArgumentException notHostAndPort) {
            return false;
        }
    }

    private static LbEndpointP endpoint(Resource pod, ExportedPod told, List<Tenure> held) {
        HostAndPort at = HostAndPort.fromString(pod.address());
        return LbEndpointP.newBuilder()
                .setEndpoint(EndpointP.newBuilder()
                        .setAddress(AddressP.newBuilder()
                                .setSocketAddress(SocketAddressP.newBuilder()
                                        .setAddress(at.getHost())
                                        .setPortValue(at.getPort()))))
                .setHealthStatus(told.health().number)
                .setLoadBalancingWeight(UInt32Value.of(weight(told)))
                .setMetadata(MetadataP.newBuilder()
                        .putFilterMetadata("envoy.lb", struct("pod", text(pod.name())))
                        .putFilterMetadata(OUR_METADATA, struct("slices", slices(held))))
                .build();
    }

    private static int weight(ExportedPod told) {
        return (int) Math.max(1, Math.min(1 << 20, Math.round(told.capacity() * WEIGHT_OF_ONE)));
    }

    private static Value slices(List<Tenure> held) {
        ListValue.Builder slices = ListValue.newBuilder();
        held.forEach(tenure -> slices.addValues(text(tenure.slice().toString())));
        return Value.newBuilder().setListValue(slices).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Struct struct(String field, Value value) {
        return Struct.newBuilder().putFields(field, value).build();
    }

    private static Any any(String type, Message message) {
        return Any.newBuilder()
                .setTypeUrl(type)
                .setValue(message.toByteString())
                .build();
    }
}
