package io.sluice.lake.iceberg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;

/**
 * How readers find a column in a file. Iceberg's find it by a number, which never changes; Delta's by its name, unless
 * they are told to map columns. They have to be once a column was renamed, or a name was given away for a second time,
 * or is none that Iceberg's writers put into files as it is: by name they would find nothing, or another column.
 *
 * @param areMapped readers are told the numbers
 */
record FieldNames(boolean areMapped) {
    static FieldNames of(TableMetadata metadata, Schema schema) {
        return new FieldNames(!isEachNameOneColumn(metadata) || !areKeptByWriters(schema));
    }

    private static boolean isEachNameOneColumn(TableMetadata metadata) {
        Map<Integer, String> names = new HashMap<>();
        Map<String, Integer> columns = new HashMap<>();
        for (Schema schema : metadata.schemas()) {
            for (Map.Entry<Integer, String> column :
                    TypeUtil.indexNameById(schema.asStruct()).entrySet()) {
                String name = names.putIfAbsent(column.getKey(), column.getValue());
                Integer number = columns.putIfAbsent(column.getValue(), column.getKey());
                if (name != null && !name.equals(column.getValue())) return false;
                if (number != null && !Objects.equals(number, column.getKey())) return false;
            }
        }
        return true;
    }

    private static boolean areKeptByWriters(Schema schema) {
        return TypeUtil.indexById(schema.asStruct()).values().stream()
                .allMatch(
                        field -> AvroSchemaUtil.makeCompatibleName(field.name()).equals(field.name()));
    }

    /** What statistics and partition values are told under. */
    String physical(NestedField field) {
        return areMapped ? "field-" + field.fieldId() : field.name();
    }

    void describe(NestedField field, ObjectNode metadata) {
        if (areMapped)
            metadata.put("delta.columnMapping.id", field.fieldId())
                    .put("delta.columnMapping.physicalName", physical(field));
    }
}
