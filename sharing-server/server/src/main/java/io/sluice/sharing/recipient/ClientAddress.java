package io.sluice.sharing.recipient;

import java.net.InetAddress;

/** Where the request that is being served comes from. Provided by the server, which knows the proxies before it. */
@FunctionalInterface
public interface ClientAddress {
    InetAddress current();
}
