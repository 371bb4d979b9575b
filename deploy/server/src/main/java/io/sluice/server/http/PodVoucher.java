package io.sluice.server.http;

import io.sluice.server.pods.PodSecret;
import io.sluice.sharing.recipient.AddressRange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a pod tells another whose request it sends on: {@code address;mac}, where the mac covers the request's id too and
 * is made with the secret that only pods know. Without it everybody could say that they come from anywhere.
 */
final class PodVoucher {
    static final String HEADER = "x-sluice-client";
    private static final String KIND = "client of a forwarded request";

    private final PodSecret secret;

    PodVoucher(PodSecret secret) {
        this.secret = secret;
    }

    String write(InetAddress client, String requestId) {
        String address = client.getHostAddress();
        return address + ";" + secret.seal(KIND, sealed(address, requestId));
    }

    /** Empty for what no pod has written. */
    Optional<InetAddress> read(String voucher, String requestId) {
        int end = voucher.indexOf(';');
        if (end < 0) return Optional.empty();
        String address = voucher.substring(0, end);
        return secret.isSeal(voucher.substring(end + 1), KIND, sealed(address, requestId))
                ? AddressRange.address(address)
                : Optional.empty();
    }

    private static byte[] sealed(String address, String requestId) {
        return (requestId + "\n" + address).getBytes(StandardCharsets.UTF_8);
    }
}
