package io.sluice.client;

import io.sluice.client.FileLine.Commit;
import io.sluice.client.internal.parquet.Matching;
import io.sluice.client.internal.type.DataType.Field;
import io.sluice.client.internal.type.DataType.Simple;
import io.sluice.client.internal.type.DataType.Struct;
import io.sluice.client.internal.type.PartitionText;
import io.sluice.client.internal.type.SchemaJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table's rows, and which of them no file holds.
 *
 * @param columns those of the table, then those that tell of a change
 */
record Layout(Struct columns, Set<String> partitionColumns, Matching matching) {
    private static final String CHANGE_TYPE = "_change_type";
    private static final String COMMIT_VERSION = "_commit_version";
    private static final String COMMIT_TIMESTAMP = "_commit_timestamp";

    static Layout ofTable(TableMetadata metadata) throws SharingException {
        return of(metadata, List.of());
    }

    static Layout ofChanges(TableMetadata metadata) throws SharingException {
        return of(
                metadata,
                List.of(
                        Field.of(CHANGE_TYPE, Simple.STRING),
                        Field.of(COMMIT_VERSION, Simple.LONG),
                        Field.of(COMMIT_TIMESTAMP, Simple.TIMESTAMP)));
    }

    private static Layout of(TableMetadata metadata, List<Field> more) throws SharingException {
        try {
            List<Field> fields =
                    new ArrayList<>(SchemaJson.parse(metadata.schemaString()).fields());
            fields.addAll(more);
            boolean tellsIds = metadata.configuration()
                    .getOrDefault("delta.columnMapping.mode", "none")
                    .equals("id");
            return new Layout(
                    new Struct(fields),
                    Set.copyOf(metadata.partitionColumns()),
                    tellsIds ? Matching.BY_ID : Matching.BY_NAME);
        } catch (IllegalArgumentException e) {
            throw SharingException.unreadable("The table cannot be read", e);
        }
    }

    /** The values of the columns that the part's file does not hold; null for all others. */
    @Nullable
    Object[] others(Part part) throws SharingException {
        @Nullable Object[] values = new @Nullable Object[columns.fields().size()];
        try {
            for (int place = 0; place < values.length; place++)
                values[place] = other(columns.fields().get(place), part);
        } catch (IllegalArgumentException e) {
            throw SharingException.unreadable(
                    "File %s cannot be read".formatted(part.line().file().id()), e);
        }
        return values;
    }

    private @Nullable Object other(Field field, Part part) {
        if (partitionColumns.contains(field.name())) return partitionValue(field, part);
        Optional<Commit> commit = part.line().commit();
        return switch (field.name()) {
            case CHANGE_TYPE -> part.changeType().orElse(null);
            case COMMIT_VERSION -> commit.map(Commit::version).orElse(null);
            case COMMIT_TIMESTAMP -> commit.map(Commit::time).orElse(null);
            default -> null;
        };
    }

    /** Logs call mapped columns as files do; the parquet format knows no mapping. */
    private static @Nullable Object partitionValue(Field field, Part part) {
        Map<String, Optional<String>> values = part.line().file().partitionValues();
        Optional<String> none = Optional.empty();
        return values.getOrDefault(field.physicalName(), values.getOrDefault(field.name(), none))
                .map(text -> PartitionText.parse(text, field.type()))
                .orElse(null);
    }
}
