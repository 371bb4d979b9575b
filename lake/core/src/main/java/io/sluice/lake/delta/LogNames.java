package io.sluice.lake.delta;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a table's log folder. */
final class LogNames {
    static final String FOLDER = "_delta_log/";
    static final String LAST_CHECKPOINT = FOLDER + "_last_checkpoint";
    private static final Pattern COMMIT = Pattern.compile(FOLDER + "(\\d{20})\\.json");

    /** Classic, in parts, or of the second version, whose main file may be either kind. */
    private static final Pattern CHECKPOINT =
            Pattern.compile(FOLDER + "(\\d{20})\\.checkpoint(\\.[0-9a-f.-]+)?\\.(parquet|json)");

    private LogNames() {}

    static String commit(long version) {
        return FOLDER + "%020d.json".formatted(version);
    }

    static OptionalLong commitVersion(String key) {
        return version(COMMIT, key);
    }

    static OptionalLong checkpointVersion(String key) {
        return version(CHECKPOINT, key);
    }

    private static OptionalLong version(Pattern name, String key) {
        Matcher matcher = name.matcher(key);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** Whether a key sorts behind all commits, so that a list need not go on. */
    static boolean isBehindCommits(String key) {
        return key.compareTo(FOLDER + ":") >= 0;
    }
}
