package io.sluice.cli.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A path on the server, with everything that came from outside encoded. */
public record Route(String text) {
    private static final String CATALOG = "/api/2.1/unity-catalog";
    private static final String SLUICE = "/api/1.0/sluice";
    private static final String CONTROL = "/api/1.0/unity-control";

    /** Where service principals get their sessions, by OAuth. */
    public static final Route CLIENT_CREDENTIALS = new Route("/oidc/v1/token");

    /** A path of the Unity Catalog face. */
    public static Route catalog(String... segments) {
        return new Route(CATALOG + joined(segments));
    }

    /** A path of our own face, for what Unity Catalog has no name for. */
    public static Route sluice(String... segments) {
        return new Route(SLUICE + joined(segments));
    }

    /** A path for users, groups and signing in. */
    public static Route control(String... segments) {
        return new Route(CONTROL + joined(segments));
    }

    /** Where the federation policies of a recipient are. */
    public static Route policies(String recipient) {
        return new Route("/api/2.0/data-sharing" + joined("recipients", recipient, "federation-policies"));
    }

    /** What is in a provider's share. */
    public static Route assets(String provider, String share) {
        return new Route("/api/2.1/data-sharing" + joined("providers", provider, "shares", share));
    }

    public Route with(String name, String value) {
        return new Route(text + (text.indexOf('?') < 0 ? "?" : "&") + name + "=" + encoded(value));
    }

    public Route with(String name, long value) {
        return with(name, Long.toString(value));
    }

    public static String joined(String... segments) {
        return Arrays.stream(segments).map(segment -> "/" + encoded(segment)).collect(Collectors.joining());
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
