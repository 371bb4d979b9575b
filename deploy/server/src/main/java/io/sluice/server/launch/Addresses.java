package io.sluice.server.launch;

import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where this process listens. Ports are known once the server has started, so they are asked for anew each time. */
@Singleton
public final class Addresses {
    public URI http() {
        boolean isTls = "disabled"
                .equals(ConfigProvider.getConfig()
                        .getOptionalValue("quarkus.http.insecure-requests", String.class)
                        .orElse("enabled"));
        return isTls
                ? URI.create("https://127.0.0.1:" + port("quarkus.http.ssl-port"))
                : URI.create("http://127.0.0.1:" + port("quarkus.http.port"));
    }

    public int management() {
        return port("quarkus.management.port");
    }

    private static int port(String property) {
        return ConfigProvider.getConfig().getValue(property, Integer.class);
    }
}
