package io.sluice.server.http;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.model.failure.Failure;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.pods.PodSecret;
import io.sluice.sharing.recipient.AddressRange;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from, for lists of addresses that are let in. The connection tells it. Headers are believed of
 * trusted proxies and of pods that prove to be ours, and of nobody else.
 */
@Singleton
public final class ClientAddresses {
    private static final String FORWARDED_FOR = "x-forwarded-for";

    private final CurrentVertxRequest current;
    private final ProxyChain proxies;
    private final Optional<PodVoucher> pods;

    ClientAddresses(CurrentVertxRequest current, SluiceConfig config) {
        this.current = current;
        this.proxies = new ProxyChain(config.http().trustedProxies().orElse(List.of()).stream()
                .map(AddressRange::parse)
                .toList());
        this.pods = config.pod().secretFile().map(file -> new PodVoucher(PodSecret.read(config.pod())));
    }

    /** Of the request that is being served. Where there is none, it is this program that asks. */
    public InetAddress current() {
        boolean isAsked = Arc.container().requestContext().isActive() && current.getCurrent() != null;
        return isAsked ? of(current.getCurrent()) : InetAddress.getLoopbackAddress();
    }

    public InetAddress of(RoutingContext context) {
        HttpServerRequest request = context.request();
        @Nullable String voucher = request.getHeader(PodVoucher.HEADER);
        if (voucher != null && pods.isPresent()) {
            Optional<InetAddress> vouched = pods.get().read(voucher, RequestIds.of(context));
            if (vouched.isPresent()) return vouched.get();
        }
        return proxies.client(peer(request), request.headers().getAll(FORWARDED_FOR));
    }

    /** What to tell the pod that a request is sent on to; empty for a process that is alone. */
    Optional<String> voucher(RoutingContext context) {
        return pods.map(pod -> pod.write(of(context), RequestIds.of(context)));
    }

    /** Asked of the connection: what the request tells may have been written by the framework from a header. */
    private static InetAddress peer(HttpServerRequest request) {
        SocketAddress peer = request.connection().remoteAddress();
        @Nullable String address = peer == null ? null : peer.hostAddress();
        return Optional.ofNullable(address)
                .map(text -> text.replaceFirst("%.*", ""))
                .flatMap(AddressRange::address)
                .orElseThrow(() -> Failure.denied("It cannot be told where this request comes from."));
    }
}
