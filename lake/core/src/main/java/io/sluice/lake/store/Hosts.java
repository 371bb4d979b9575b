package io.sluice.lake.store;

import java.net.URI;
import java.util.Locale;

/** Hosts as clients name them in the header, which signatures cover. */
final class Hosts {
    private Hosts() {}

    /** In lower case, with the port unless it is the scheme's own. */
    static String header(URI service) {
        String host = service.getHost().toLowerCase(Locale.ROOT);
        int own = "https".equalsIgnoreCase(service.getScheme()) ? 443 : 80;
        return service.getPort() < 0 || service.getPort() == own ? host : host + ":" + service.getPort();
    }
}
