package io.sluice.bench.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the caller wants: either a run or tables.
 *
 * @param share the only one to look at
 * @param tablesAt where the written tables will lie for the server, if not where they are written
 */
record Arguments(
        Optional<Path> profile,
        Optional<String> share,
        Optional<Path> json,
        Optional<Path> writtenTables,
        Optional<URI> tablesAt) {
    private static final String PROFILE = "--share-profile";
    private static final String SHARE = "--share";
    private static final String JSON = "--json";
    private static final String TABLES = "--write-tables";
    private static final String TABLES_AT = "--tables-at";
    private static final Set<String> KNOWN = Set.of(PROFILE, SHARE, JSON, TABLES, TABLES_AT);
    private static final Set<String> OF_TABLES = Set.of(TABLES, TABLES_AT);

    /** @throws IllegalArgumentException with a sentence for the caller */
    static Arguments parse(List<String> words) {
        Map<String, String> given = pairs(words);
        boolean writes = given.containsKey(TABLES);
        if (writes ? !OF_TABLES.containsAll(given.keySet()) : given.containsKey(TABLES_AT))
            throw new IllegalArgumentException("Write tables in one call and look at the server in another.");
        if (!writes && !given.containsKey(PROFILE))
            throw new IllegalArgumentException("Say which server: " + PROFILE + " FILE.");
        return new Arguments(
                path(given, PROFILE),
                Optional.ofNullable(given.get(SHARE)),
                path(given, JSON),
                path(given, TABLES),
                Optional.ofNullable(given.get(TABLES_AT)).map(URI::create));
    }

    private static Map<String, String> pairs(List<String> words) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String option = words.get(i);
            if (!KNOWN.contains(option)) throw new IllegalArgumentException("There is no option " + option + ".");
            if (i + 1 == words.size()) throw new IllegalArgumentException(option + " needs a value.");
            given.put(option, words.get(i + 1));
        }
        return given;
    }

    private static Optional<Path> path(Map<String, String> given, String option) {
        return Optional.ofNullable(given.get(option)).map(Path::of);
    }
}
