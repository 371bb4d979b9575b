package io.sluice.sharing.files;

import java.util.Optional;

/**
 * @param range the {@code Range} header
 * @param ifRange the {@code If-Range} header
 */
public record GatewayRequest(Method method, String token, Optional<String> range, Optional<String> ifRange) {
    public enum Method {
        GET,
        HEAD
    }
}
