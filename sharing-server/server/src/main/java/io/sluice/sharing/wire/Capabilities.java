package io.sluice.sharing.wire;

import io.sluice.model.failure.Failure;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the client can take, as it says in its headers.
 *
 * @param formats at least one
 * @param readerFeatures of Delta's protocol, in lower case
 * @param endsStream the client wants a last line that says the answer is whole
 * @param fileIds empty unless the client asked for a scheme, and then it wants it confirmed
 */
public record Capabilities(
        Set<ResponseFormat> formats,
        Set<String> readerFeatures,
        boolean endsStream,
        boolean asynchronous,
        Optional<FileIds> fileIds) {
    public static final String HEADER = "delta-sharing-capabilities";
    /** Of an answer that says to come again. */
    public static final String ASYNCHRONOUS = "asyncquery=true";

    public static final String FILE_ID_HEADER = "fileidhash";

    public Capabilities {
        formats = Set.copyOf(formats);
        readerFeatures = Set.copyOf(readerFeatures);
    }

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
        return new Capabilities(
                formats(asked.getOrDefault("responseformat", "")),
                texts(asked.getOrDefault("readerfeatures", "")),
                isTrue(asked, "includeendstreamaction"),
                isTrue(asked, "asyncquery"),
                fileIdHash.map(Capabilities::fileIds));
    }

    /** The scheme asked for, else the one that goes with the format. */
    public FileIds fileIds(ResponseFormat format) {
        return fileIds.orElse(format == ResponseFormat.PARQUET ? FileIds.PARQUET : FileIds.DELTA);
    }

    /** The answer's header: only what the answer really keeps. In lower case, which the Python client looks for. */
    public String answered(ResponseFormat format, boolean endStreamActionFollows) {
        return "responseformat=" + format.wireName() + (endStreamActionFollows ? ";includeendstreamaction=true" : "");
    }

    /** Formats that we do not know are passed over, as long as there is one that we do. */
    private static Set<ResponseFormat> formats(String asked) {
        Set<ResponseFormat> known = EnumSet.noneOf(ResponseFormat.class);
        for (String name : texts(asked))
            for (ResponseFormat format : ResponseFormat.values())
                if (format.wireName().equals(name)) known.add(format);
        if (known.isEmpty() && !asked.isBlank())
            throw Failure.unsupported(
                    "The response format \"%s\" is not known. Ask for parquet, delta or both.", asked);
        return known.isEmpty() ? EnumSet.of(ResponseFormat.PARQUET) : known;
    }

    private static FileIds fileIds(String header) {
        for (FileIds scheme : FileIds.values()) if (scheme.name().equalsIgnoreCase(header.trim())) return scheme;
        throw Failure.invalid("The header %s is \"%s\". Use parquet or delta.", FILE_ID_HEADER, header);
    }

    private static Set<String> texts(String list) {
        Set<String> texts = new LinkedHashSet<>(Arrays.asList(list.trim().split("\\s*,\\s*")));
        texts.remove("");
        return texts;
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
