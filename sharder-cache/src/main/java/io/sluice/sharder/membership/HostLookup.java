package io.sluice.sharder.membership;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Asks the name service for all addresses behind a name. */
@FunctionalInterface
public interface HostLookup {
    /** Through the JVM, which may keep an answer for a while: see {@code networkaddress.cache.ttl}. */
    HostLookup JVM = name -> Arrays.stream(InetAddress.getAllByName(name))
            .map(InetAddress::getHostAddress)
            .sorted()
            .toList();

    List<String> lookup(String name) throws UnknownHostException;
}
