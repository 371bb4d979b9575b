package io.sluice.catalog.snapshot;

import io.sluice.model.name.EntityName;
import java.util.Optional;

/**
 * Something of a catalog that is in a pod's memory, told to the pod that is to have the catalog next. Only where it is:
 * the next pod reads it from the store, so that nobody has to trust another pod's memory.
 *
 * @param catalogId of its log
 * @param tables a run of tables; empty for the schemas and what else is not read in runs
 * @param idleSeconds since it was last used
 */
public record Warm(String catalogId, EntityName catalog, Optional<Place> tables, int idleSeconds) {
    /** @param from the first name of the run, or where it would stand */
    public record Place(EntityName schema, String from) {}
}
