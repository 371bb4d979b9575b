package io.sluice.lake.iceberg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.PartitionPaths;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * The columns that each file of a snapshot has one value of, by every spec its files were written under. Columns that
 * a partition is only computed from are none: the rows hold their values, so nothing is lost by calling them ordinary.
 *
 * @param columns in the order of the schema
 */
record PartitionColumns(List<NestedField> columns, Map<Integer, PartitionSpec> specs, FieldNames names) {
    /** Others have more than one spelling among readers, and are ordinary columns for that reason. */
    private static final Set<TypeID> SPELT_ONE_WAY =
            Set.of(TypeID.BOOLEAN, TypeID.INTEGER, TypeID.LONG, TypeID.STRING, TypeID.DATE, TypeID.DECIMAL);

    static PartitionColumns of(TableMetadata metadata, Schema schema, List<ManifestFile> manifests, FieldNames names) {
        List<PartitionSpec> used = manifests.isEmpty()
                ? List.of(metadata.spec())
                : manifests.stream()
                        .map(ManifestFile::partitionSpecId)
                        .distinct()
                        .map(id -> Objects.requireNonNull(metadata.specsById().get(id), () -> "no spec " + id))
                        .toList();
        Predicate<NestedField> isOne = column -> SPELT_ONE_WAY.contains(
                        column.type().typeId())
                && used.stream().allMatch(spec -> position(spec, column) >= 0)
                && manifests.stream().noneMatch(manifest -> mayHaveEmptyText(manifest, metadata.specsById(), column));
        return new PartitionColumns(schema.columns().stream().filter(isOne).toList(), metadata.specsById(), names);
    }

    boolean contains(NestedField column) {
        return columns.contains(column);
    }

    List<String> columnNames() {
        return columns.stream().map(NestedField::name).toList();
    }

    /** Whether the file was written under a spec that has them. */
    boolean isToldBy(ContentFile<?> file) {
        return columns.stream().allMatch(column -> position(spec(file), column) >= 0);
    }

    private PartitionSpec spec(ContentFile<?> file) {
        return Objects.requireNonNull(specs.get(file.specId()), () -> "no spec " + file.specId());
    }

    /** Requires: {@link #isToldBy}, as of all files of the snapshot. */
    ObjectNode values(ContentFile<?> file) {
        PartitionSpec spec = spec(file);
        ObjectNode values = LogJson.MAPPER.createObjectNode();
        for (NestedField column : columns)
            values.put(
                    names.physical(column),
                    text(column.type(), file.partition().get(position(spec, column), Object.class)));
        return values;
    }

    private static @Nullable String text(Type type, @Nullable Object value) {
        if (value == null) return null;
        return PartitionPaths.serialized(type.typeId() == TypeID.DATE ? LocalDate.ofEpochDay((Integer) value) : value);
    }

    /** Where the spec has the column as it is, or -1. */
    private static int position(PartitionSpec spec, NestedField column) {
        List<PartitionField> fields = spec.fields();
        return IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).sourceId() == column.fieldId()
                        && fields.get(i).transform().isIdentity())
                .findFirst()
                .orElse(-1);
    }

    /** Readers of Delta take an empty text for no value at all. It is the least of all texts, so bounds tell of it. */
    private static boolean mayHaveEmptyText(
            ManifestFile manifest, Map<Integer, PartitionSpec> specs, NestedField column) {
        if (column.type().typeId() != TypeID.STRING) return false;
        PartitionSpec spec = Objects.requireNonNull(specs.get(manifest.partitionSpecId()));
        if (manifest.partitions() == null) return true;
        var least = manifest.partitions().get(position(spec, column)).lowerBound();
        return least != null && !least.hasRemaining();
    }
}
