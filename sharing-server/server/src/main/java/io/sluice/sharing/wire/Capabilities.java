package io.sluice.sharing.wire;

import io.sluice.model.failure.Failure;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the client can take, as it says in its headers.
 *
 * @param endsStream the client wants a last line that says the answer is whole
 * @param fileIds empty unless the client asked for a scheme, and then it wants it confirmed
 */
public record Capabilities(boolean endsStream, boolean asynchronous, Optional<FileIds> fileIds) {
    public static final String HEADER = "delta-sharing-capabilities";
    public static final String FILE_ID_HEADER = "fileidhash";

    /** The only format served; the literal text is what the Python client looks for. */
    private static final String PARQUET = "parquet";

    /** How file ids are made of paths; the same as elsewhere, so that clients' caches stay good. */
    public enum FileIds {
        PARQUET,
        DELTA;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Capabilities parse(Optional<String> capabilities, Optional<String> fileIdHash) {
        Map<String, String> asked = pairs(capabilities.orElse(""));
        requireParquet(asked.getOrDefault("responseformat", PARQUET));
        return new Capabilities(
                isTrue(asked, "includeendstreamaction"),
                isTrue(asked, "asyncquery"),
                fileIdHash.map(Capabilities::fileIds));
    }

    /** The answer's header: only what the answer really keeps. */
    public String answered(boolean endStreamActionFollows) {
        return "responseformat=" + PARQUET + (endStreamActionFollows ? ";includeendstreamaction=true" : "");
    }

    private static void requireParquet(String formats) {
        Set<String> asked = new LinkedHashSet<>(Arrays.asList(formats.split("\\s*,\\s*")));
        if (!asked.contains(PARQUET))
            throw Failure.unsupported(
                    "The response format \"%s\" is not served yet. Ask for responseformat=parquet, or for both.",
                    formats);
    }

    private static FileIds fileIds(String header) {
        for (FileIds scheme : FileIds.values()) if (scheme.name().equalsIgnoreCase(header.trim())) return scheme;
        throw Failure.invalid("The header %s is \"%s\". Use parquet or delta.", FILE_ID_HEADER, header);
    }

    private static boolean isTrue(Map<String, String> asked, String capability) {
        return "true".equals(asked.get(capability));
    }

    private static Map<String, String> pairs(String header) {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : header.toLowerCase(Locale.ROOT).split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0)
                pairs.put(
                        pair.substring(0, equals).trim(),
                        pair.substring(equals + 1).trim());
        }
        return pairs;
    }
}
