package io.sluice.sharing.files;

import java.net.InetAddress;
import java.util.Optional;

/**
 * @param client where it comes from
 * @param range the {@code Range} header
 * @param ifRange the {@code If-Range} header
 * @param requestId stands in the body of a refusal
 */
public record GatewayRequest(
        Method method,
        String token,
        InetAddress client,
        Optional<String> range,
        Optional<String> ifRange,
        String requestId) {
    public enum Method {
        GET,
        HEAD
    }
}
