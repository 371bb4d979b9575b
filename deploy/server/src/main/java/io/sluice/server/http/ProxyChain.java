package io.sluice.server.http;

import io.sluice.sharing.recipient.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the client behind proxies. Each proxy writes whom it heard at the end of {@code X-Forwarded-For}, so the header
 * is read backwards, and only as far as those who wrote it are believed: what stands further left may be the client's
 * own invention.
 */
record ProxyChain(List<AddressRange> trusted) {
    ProxyChain {
        trusted = List.copyOf(trusted);
    }

    /** @param forwarded the header's values in their order */
    InetAddress client(InetAddress peer, List<String> forwarded) {
        String[] chain = String.join(",", forwarded).split(",", -1);
        InetAddress nearest = peer;
        for (int i = chain.length - 1; i >= 0 && isTrusted(nearest); i--) {
            Optional<InetAddress> before = AddressRange.address(chain[i].trim());
            // Not an address: whoever it was, nothing further left can be trusted.
            if (before.isEmpty()) return nearest;
            nearest = before.get();
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }
}
