package io.sluice.catalog.commits;

import io.sluice.catalog.record.Column;
import io.sluice.model.failure.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that an update changes about a table. Each decides alone; {@link TableUpdate} says in which order. */
public sealed interface TableChange {
    Described on(Described table);

    /** Whether the table is another one for its readers afterwards. */
    default boolean isOfMetadata() {
        return true;
    }

    /** What is null stays. */
    record SetShape(
            @Nullable List<Column> columns, @Nullable List<String> partitionColumns) implements TableChange {
        @Override
        public Described on(Described table) {
            List<String> partitions = partitionColumns == null ? Partitions.namesOf(table.columns()) : partitionColumns;
            return table.withColumns(Partitions.marked(columns == null ? table.columns() : columns, partitions));
        }
    }

    record SetProtocol(DeltaProtocol protocol) implements TableChange {
        @Override
        public Described on(Described table) {
            Map<String, String> properties = new HashMap<>(table.properties());
            properties.keySet().removeIf(name -> name.startsWith(DeltaProtocol.FEATURE_PREFIX));
            properties.putAll(protocol.asProperties());
            if (table.isManaged()) ManagedContract.require(protocol, properties);
            return table.withProperties(properties);
        }
    }

    record SetProperties(Map<String, String> updates) implements TableChange {
        public SetProperties {
            updates = Map.copyOf(updates);
            SnapshotVersion.requireNotNamed(updates.keySet());
        }

        @Override
        public Described on(Described table) {
            Map<String, String> properties = new HashMap<>(table.properties());
            properties.putAll(updates);
            return table.withProperties(properties);
        }
    }

    record RemoveProperties(List<String> removals) implements TableChange {
        public RemoveProperties {
            removals = List.copyOf(removals);
            SnapshotVersion.requireNotNamed(removals);
        }

        @Override
        public Described on(Described table) {
            if (table.isManaged() && removals.contains(ManagedContract.TABLE_ID))
                throw Failure.invalid(
                        "A managed table keeps its property %s. Leave it in place.", ManagedContract.TABLE_ID);
            Map<String, String> properties = new HashMap<>(table.properties());
            properties.keySet().removeAll(removals);
            return table.withProperties(properties);
        }
    }

    /**
     * All that stand in the log at once, as the older form of commits has it. What follows from the protocol and from
     * domains does not stand there among them, and stays.
     */
    record ReplaceProperties(Map<String, String> properties) implements TableChange {
        public ReplaceProperties {
            properties = Map.copyOf(properties);
        }

        @Override
        public Described on(Described table) {
            if (!properties.containsKey(ManagedContract.TABLE_ID))
                throw Failure.invalid(
                        "The properties lack %s. Send all properties of the table.", ManagedContract.TABLE_ID);
            Map<String, String> next = new HashMap<>(table.properties());
            next.keySet().removeIf(name -> !DeltaProtocol.tells(name) && !DomainMetadata.tells(name));
            next.putAll(properties);
            return table.withProperties(next);
        }
    }

    record SetDomainMetadata(DomainMetadata updates) implements TableChange {
        @Override
        public Described on(Described table) {
            if (table.isManaged()) updates.requireFeatures(table.properties());
            Map<String, String> properties = new HashMap<>(table.properties());
            properties.putAll(updates.asProperties());
            return table.withProperties(properties);
        }

        @Override
        public boolean isOfMetadata() {
            return !updates.isMarkOfRowsAlone();
        }
    }

    record RemoveDomainMetadata(List<String> domains) implements TableChange {
        public RemoveDomainMetadata {
            domains = List.copyOf(domains);
            // Refuses those that are not known.
            DomainMetadata.properties(domains);
        }

        @Override
        public Described on(Described table) {
            Map<String, String> properties = new HashMap<>(table.properties());
            DomainMetadata.properties(domains).forEach(properties::remove);
            return table.withProperties(properties);
        }
    }

    /** @param comment null takes it away */
    record SetComment(@Nullable String comment) implements TableChange {
        @Override
        public Described on(Described table) {
            return table.withComment(comment);
        }
    }

    /** For tables whose versions are given out by their own logs: which one last changed the table. */
    record SetSnapshotVersion(SnapshotVersion last) implements TableChange {
        @Override
        public Described on(Described table) {
            if (table.isManaged())
                throw Failure.invalid("The versions of a managed table are known here. Commit to it instead.");
            Map<String, String> properties = new HashMap<>(table.properties());
            properties.putAll(last.asProperties());
            return table.withProperties(properties);
        }
    }
}
