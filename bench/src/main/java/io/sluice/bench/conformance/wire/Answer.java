package io.sluice.bench.conformance.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.bench.conformance.check.Broken;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** An answer that can be held against what was expected of it. */
public record Answer(Call call, int status, HttpHeaders headers, byte[] body) {
    public static final String VERSION = "Delta-Table-Version";
    public static final String CAPABILITIES = "delta-sharing-capabilities";

    // An error that was written behind a line that was begun must not pass for the end of that line.
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int SHOWN = 200;

    /** One of these statuses. Several where the protocol leaves it open, or servers in use differ. */
    public Answer is(int... expected) {
        String wanted = Arrays.stream(expected).mapToObj(Integer::toString).collect(Collectors.joining(" or "));
        return must(Arrays.stream(expected).anyMatch(one -> one == status), "status " + wanted, shown());
    }

    public Answer isOk() {
        return is(200);
    }

    public boolean succeeded() {
        return status == 200;
    }

    public Answer must(boolean holds, String expected, Object found) {
        if (!holds) throw new Broken(expected, String.valueOf(found), call.curl());
        return this;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public Answer headerIs(String name, String value) {
        String found = header(name).orElse("none");
        return must(found.equals(value), "header " + name + ": " + value, found);
    }

    public Answer isNdjson() {
        return headerIs("Content-Type", "application/x-ndjson; charset=utf-8");
    }

    public boolean isJson() {
        return header("Content-Type").orElse("").startsWith("application/json");
    }

    /** Of the table, as the header tells it. */
    public long version() {
        String found = header(VERSION).orElse("none");
        must(found.matches("\\d{1,18}"), "a number in the header " + VERSION, found);
        return Long.parseLong(found);
    }

    /** Whether the answer says in its header that it has this property, for example {@code responseformat=delta}. */
    public boolean claims(String capability) {
        return Arrays.asList(header(CAPABILITIES).orElse("").split("\\s*;\\s*")).contains(capability);
    }

    public JsonNode json() {
        return parsed(text());
    }

    public Lines lines() {
        return Lines.of(this);
    }

    /** A text of the answer that has to be a JSON object. */
    public JsonNode parsed(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            must(tree != null && tree.isObject(), "a JSON object", cut(text));
            return tree;
        } catch (JacksonException e) {
            throw new Broken("a JSON object", cut(text), call.curl());
        }
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private String shown() {
        return "status " + status + (body.length == 0 || call.isHandedOut() ? "" : " with " + cut(text()));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
