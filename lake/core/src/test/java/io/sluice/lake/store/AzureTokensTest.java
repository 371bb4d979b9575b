package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metadata service of a machine, as far as it is asked, stands in this process. */
final class AzureTokensTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer metadata;
    private AzureTokens tokens;

    @BeforeEach
    void start() throws IOException {
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext("/", exchange -> {
            asked.set(exchange.getRequestHeaders().getFirst("Metadata") + " " + exchange.getRequestURI());
            byte[] body = "{\"access_token\":\"the-token\",\"expires_in\":\"3600\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        metadata.start();
        URI address = URI.create("http://127.0.0.1:" + metadata.getAddress().getPort());
        tokens = AzureTokens.of(address, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        metadata.stop(0);
    }

    @Test
    void theMachineGivesATokenForStorage() throws IOException {
        AccessToken token = tokens.token();

        assertThat(token).isEqualTo(new AccessToken("the-token", NOON.plusSeconds(3600)));
        assertThat(token.toString()).doesNotContain("the-token");
        assertThat(asked.get()).startsWith("true /metadata/identity/").contains("storage.azure.com");
    }

    @Test
    void aMachineWithoutIdentityIsDenied() {
        status.set(400);
        assertThatThrownBy(() -> tokens.token())
                .isInstanceOf(StoreDeniedException.class)
                .hasMessageContaining("credentials file");
        status.set(503);
        assertThatThrownBy(() -> tokens.token())
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StoreDeniedException.class);
    }

    @Test
    void aTokenIsKeptUntilItIsAboutToEnd() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        AtomicInteger fetched = new AtomicInteger();
        CachedTokens kept = new CachedTokens(
                () -> new AccessToken(
                        "token " + fetched.incrementAndGet(), now.get().plusSeconds(3600)),
                clock);
        kept.token();
        now.set(NOON.plusSeconds(3200));
        assertThat(kept.token().value()).isEqualTo("token 1");
        now.set(NOON.plusSeconds(3300));
        assertThat(kept.token().value()).isEqualTo("token 2");
    }
}
