package io.sluice.catalog.record;

import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** @param location normalised: {@code file:///x}, never {@code file:/x}; no slash at the end */
public record TableRecord(
        String id,
        TableName name,
        TableType tableType,
        String format,
        List<Column> columns,
        String location,
        @Nullable String comment,
        Map<String, String> properties,
        Stamp stamp,
        long version)
        implements Securable {

    public enum TableType {
        MANAGED,
        EXTERNAL
    }

    /** The next version of this record. */
    public TableRecord changed(@Nullable String newComment, Map<String, String> newProperties, Stamp newStamp) {
        return new TableRecord(
                id, name, tableType, format, columns, location, newComment, newProperties, newStamp, version + 1);
    }

    /** The next version of this record, with other columns too. */
    public TableRecord described(
            @Nullable String newComment, List<Column> newColumns, Map<String, String> newProperties, Stamp newStamp) {
        return new TableRecord(
                id, name, tableType, format, newColumns, location, newComment, newProperties, newStamp, version + 1);
    }

    /** The next version of this record, under another name. */
    public TableRecord named(TableName newName, Stamp newStamp) {
        return new TableRecord(
                id, newName, tableType, format, columns, location, comment, properties, newStamp, version + 1);
    }

    /** The same in a schema that has another name by now. */
    public TableRecord in(SchemaName schema) {
        if (schema.equals(name.schema())) return this;
        TableName moved = new TableName(schema, name.table());
        return new TableRecord(id, moved, tableType, format, columns, location, comment, properties, stamp, version);
    }

    @Override
    public SecurableType type() {
        return SecurableType.TABLE;
    }
}
