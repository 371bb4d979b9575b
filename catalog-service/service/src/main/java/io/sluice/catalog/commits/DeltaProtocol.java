package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reader and a writer of a table must be able to do. Every feature of readers is one of writers, too. */
public record DeltaProtocol(
        int minReaderVersion, int minWriterVersion, List<String> readerFeatures, List<String> writerFeatures) {
    static final String FEATURE_PREFIX = "delta.feature.";
    private static final String MIN_READER = "delta.minReaderVersion";
    private static final String MIN_WRITER = "delta.minWriterVersion";

    public DeltaProtocol {
        readerFeatures = List.copyOf(readerFeatures);
        writerFeatures = List.copyOf(writerFeatures);
        for (String feature : readerFeatures)
            if (!writerFeatures.contains(feature))
                throw Failure.invalid(
                        "The feature %s is asked of readers and not of writers. Add it to writer-features.", feature);
    }

    void requireAtLeast(DeltaProtocol other) {
        if (minReaderVersion < other.minReaderVersion || minWriterVersion < other.minWriterVersion)
            throw Failure.invalid(
                    "The protocol has the versions %d and %d, but a managed table needs at least %d and %d.",
                    minReaderVersion, minWriterVersion, other.minReaderVersion, other.minWriterVersion);
        requireFeatures("reader-features", readerFeatures, other.readerFeatures);
        requireFeatures("writer-features", writerFeatures, other.writerFeatures);
    }

    private static void requireFeatures(String field, List<String> features, List<String> required) {
        for (String feature : required)
            if (!features.contains(feature))
                throw Failure.invalid("A managed table must have %s among its %s. Add it.", feature, field);
    }

    /** As the catalog shows it among the properties of a table. */
    public Map<String, String> asProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(MIN_READER, String.valueOf(minReaderVersion));
        properties.put(MIN_WRITER, String.valueOf(minWriterVersion));
        for (String feature : writerFeatures) properties.put(FEATURE_PREFIX + feature, "supported");
        return properties;
    }

    /** Whether a property is one of {@link #asProperties}. */
    static boolean tells(String property) {
        return property.startsWith(FEATURE_PREFIX) || property.equals(MIN_READER) || property.equals(MIN_WRITER);
    }
}
