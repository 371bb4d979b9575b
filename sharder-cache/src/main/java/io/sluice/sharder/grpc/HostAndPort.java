package io.sluice.sharder.grpc;

/** A socket address as people write it: {@code 127.0.0.1:4510}, {@code [::1]:4510}; port 0 asks for any free one. */
record HostAndPort(String host, int port) {
    static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) throw unreadable(text);
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 0 || port > 65535) throw unreadable(text);
            return new HostAndPort(text.substring(0, colon).replaceAll("[\\[\\]]", ""), port);
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not an address. Write host:port, as in 127.0.0.1:4510.");
    }

    HostAndPort withPort(int actual) {
        return new HostAndPort(host, actual);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
