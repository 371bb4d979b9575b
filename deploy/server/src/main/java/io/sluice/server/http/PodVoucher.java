package io.sluice.server.http;

import io.sluice.sharing.recipient.AddressRange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a pod tells another whose request it sends on: {@code address;mac}, where the mac covers the request's id too and
 * is made with the secret that only pods know. Without it everybody could say that they come from anywhere.
 */
final class PodVoucher {
    static final String HEADER = "x-sluice-client";
    private static final String ALGORITHM = "HmacSHA256";
    private static final String KIND = "client of a forwarded request\n";

    private final SecretKeySpec secret;

    PodVoucher(String secret) {
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    String write(InetAddress client, String requestId) {
        String address = client.getHostAddress();
        return address + ";" + HexFormat.of().formatHex(mac(address, requestId));
    }

    /** Empty for what no pod has written. */
    Optional<InetAddress> read(String voucher, String requestId) {
        int end = voucher.indexOf(';');
        if (end < 0) return Optional.empty();
        String address = voucher.substring(0, end);
        try {
            byte[] mac = HexFormat.of().parseHex(voucher.substring(end + 1));
            return MessageDigest.isEqual(mac, mac(address, requestId))
                    ? AddressRange.address(address)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(String address, String requestId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal((KIND + requestId + "\n" + address).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
