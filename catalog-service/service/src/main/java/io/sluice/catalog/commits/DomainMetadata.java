package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a commit says in the domains of features, as the catalog shows it among the properties of a table.
 *
 * @param values by domain; never empty
 */
public record DomainMetadata(Map<String, String> values) {
    public static final String CLUSTERING = "delta.clustering";
    public static final String ROW_TRACKING = "delta.rowTracking";

    private static final Map<String, String> PROPERTIES =
            Map.of(CLUSTERING, "clusteringColumns", ROW_TRACKING, "delta.rowTracking.rowIdHighWaterMark");
    private static final Map<String, String> FEATURES = Map.of(CLUSTERING, "clustering", ROW_TRACKING, "rowTracking");

    public DomainMetadata {
        values = Map.copyOf(values);
        if (values.isEmpty()) throw Failure.invalid("No domain is named. The catalog knows %s.", known());
        requireKnown(values.keySet());
    }

    static void requireKnown(Collection<String> domains) {
        for (String domain : domains)
            if (!PROPERTIES.containsKey(domain))
                throw Failure.invalid("The catalog knows no domain \"%s\". It knows %s.", domain, known());
    }

    private static Set<String> known() {
        return new TreeSet<>(PROPERTIES.keySet());
    }

    static List<String> properties(Collection<String> domains) {
        return domains.stream().map(PROPERTIES::get).toList();
    }

    /** Writers move the mark with every commit that brings rows, so it says nothing of a change of the table. */
    boolean isMarkOfRowsAlone() {
        return values.keySet().equals(Set.of(ROW_TRACKING));
    }

    public Map<String, String> asProperties() {
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> String.valueOf(PROPERTIES.get(entry.getKey())),
                        Map.Entry::getValue,
                        (one, other) -> other,
                        TreeMap::new));
    }

    /** Whether a property is one of {@link #asProperties}. */
    static boolean tells(String property) {
        return PROPERTIES.containsValue(property);
    }

    /** Throws when the table lacks the feature that a domain belongs to. */
    public void requireFeatures(Map<String, String> properties) {
        for (String domain : values.keySet()) {
            String feature = FEATURES.get(domain);
            if (!properties.containsKey(DeltaProtocol.FEATURE_PREFIX + feature))
                throw Failure.invalid(
                        "The domain %s needs the writer feature %s. Add the feature to the protocol.", domain, feature);
        }
    }
}
