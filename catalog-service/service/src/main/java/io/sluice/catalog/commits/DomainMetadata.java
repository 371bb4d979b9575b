package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a commit says in the domains of features, as the catalog shows it among the properties of a table.
 *
 * @param values by domain; never empty
 */
public record DomainMetadata(Map<String, String> values) {
    public static final String CLUSTERING = "delta.clustering";
    public static final String ROW_TRACKING = "delta.rowTracking";

    /** Those that the catalog knows, each with the property that shows it and the feature it belongs to. */
    private enum Domain {
        CLUSTERED(CLUSTERING, "clusteringColumns", "clustering"),
        TRACKED(ROW_TRACKING, "delta.rowTracking.rowIdHighWaterMark", "rowTracking");

        private final String name;
        private final String property;
        private final String feature;

        Domain(String name, String property, String feature) {
            this.name = name;
            this.property = property;
            this.feature = feature;
        }

        static Domain of(String name) {
            for (Domain domain : values()) if (domain.name.equals(name)) return domain;
            throw Failure.invalid("The catalog knows no domain \"%s\". It knows %s.", name, known());
        }

        static List<String> known() {
            return Arrays.stream(values()).map(domain -> domain.name).toList();
        }
    }

    public DomainMetadata {
        values = Map.copyOf(values);
        if (values.isEmpty()) throw Failure.invalid("No domain is named. The catalog knows %s.", Domain.known());
        values.keySet().forEach(Domain::of);
    }

    /** The properties that show these domains. */
    static List<String> properties(Collection<String> domains) {
        return domains.stream().map(name -> Domain.of(name).property).toList();
    }

    /** Writers move the mark with every commit that brings rows, so it says nothing of a change of the table. */
    boolean isMarkOfRowsAlone() {
        return values.keySet().equals(Set.of(ROW_TRACKING));
    }

    public Map<String, String> asProperties() {
        Map<String, String> properties = new TreeMap<>();
        values.forEach((name, value) -> properties.put(Domain.of(name).property, value));
        return properties;
    }

    /** Whether a property is one of {@link #asProperties}. */
    static boolean tells(String property) {
        return Arrays.stream(Domain.values()).anyMatch(domain -> domain.property.equals(property));
    }

    /** Throws when the table lacks the feature that a domain belongs to. */
    public void requireFeatures(Map<String, String> properties) {
        for (String name : values.keySet()) {
            String feature = Domain.of(name).feature;
            if (!properties.containsKey(DeltaProtocol.FEATURE_PREFIX + feature))
                throw Failure.invalid(
                        "The domain %s needs the writer feature %s. Add the feature to the protocol.", name, feature);
        }
    }
}
