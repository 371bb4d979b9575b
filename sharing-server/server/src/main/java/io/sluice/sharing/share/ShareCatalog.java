package io.sluice.sharing.share;

import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.List;
import java.util.Optional;

/** The catalog as sharing sees it. Plugged in by the server. */
public interface ShareCatalog {
    /** The table that has the name now, whoever asks. */
    Optional<SharedTable> find(TableName name);

    /**
     * The table, if {@code principal} may give it to others. Throws a {@code Failure} otherwise: denied, not found, or
     * unsupported for a table that cannot be shared. Asked when a table is added, and again whenever it is read, so
     * that an owner of a share who loses a table takes it away from the recipients too.
     */
    SharedTable requireShareable(String principal, TableName name);

    /** The id of the schema that has the name now, whoever asks. */
    Optional<String> schemaId(SchemaName name);

    /**
     * The schema's id, if {@code principal} may give all its tables to others, also those to come. Throws a {@code
     * Failure} otherwise, and is asked as often as {@link #requireShareable}.
     */
    String requireShareableSchema(String principal, SchemaName name);

    /**
     * Tables of a schema in the order of their names ({@link io.sluice.sharing.NameOrder}).
     *
     * @param after the name that they lie behind; empty for the first ones
     * @param most fewer are answered only where no more follow
     */
    List<SharedTable> tablesOf(SchemaName schema, String after, int most);
}
