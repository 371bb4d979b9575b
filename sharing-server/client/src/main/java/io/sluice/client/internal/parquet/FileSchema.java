package io.sluice.client.internal.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A footer's list of elements as a tree. Of the logical types only those are kept that change what a value means:
 * decimals have a scale, and timestamps a unit. Lists and maps are known by their form.
 */
final class FileSchema {
    private final Iterator<SchemaElement> elements;

    private FileSchema(List<SchemaElement> elements) {
        this.elements = elements.iterator();
    }

    static MessageType of(List<SchemaElement> elements) throws UnreadableFileException {
        FileSchema schema = new FileSchema(elements);
        SchemaElement root = schema.next();
        return new MessageType(root.getName(), schema.children(root, 0));
    }

    private List<Type> children(SchemaElement group, int level) throws UnreadableFileException {
        if (level > Bounds.MOST_LEVELS)
            throw UnreadableFileException.because("its groups are nested deeper than %d levels", Bounds.MOST_LEVELS);
        List<Type> children = new ArrayList<>();
        for (int child = 0; child < group.getNum_children(); child++) children.add(type(next(), level + 1));
        return children;
    }

    private Type type(SchemaElement element, int level) throws UnreadableFileException {
        Repetition repetition = Repetition.valueOf(element.getRepetition_type().name());
        Type type = element.isSetType()
                ? primitive(element, repetition)
                : new GroupType(repetition, element.getName(), children(element, level));
        return element.isSetField_id() ? type.withId(element.getField_id()) : type;
    }

    private static PrimitiveType primitive(SchemaElement element, Repetition repetition) {
        var builder = Types.primitive(stored(element.getType()), repetition);
        if (element.isSetType_length()) builder = builder.length(element.getType_length());
        LogicalTypeAnnotation meaning = meaning(element);
        if (meaning != null) builder = builder.as(meaning);
        return builder.named(element.getName());
    }

    private static PrimitiveTypeName stored(org.apache.parquet.format.Type type) {
        return switch (type) {
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY ->
                PrimitiveTypeName.valueOf(type.name());
        };
    }

    private static @Nullable LogicalTypeAnnotation meaning(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        if (logical != null && logical.isSetDECIMAL())
            return LogicalTypeAnnotation.decimalType(
                    logical.getDECIMAL().getScale(), logical.getDECIMAL().getPrecision());
        if (logical != null && logical.isSetTIMESTAMP())
            return LogicalTypeAnnotation.timestampType(
                    logical.getTIMESTAMP().isIsAdjustedToUTC(),
                    unit(logical.getTIMESTAMP().getUnit()));
        if (element.getConverted_type() == null) return null;
        return switch (element.getConverted_type()) {
            case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
            case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
            default -> null;
        };
    }

    private static LogicalTypeAnnotation.TimeUnit unit(TimeUnit unit) {
        if (unit.isSetMILLIS()) return LogicalTypeAnnotation.TimeUnit.MILLIS;
        return unit.isSetMICROS() ? LogicalTypeAnnotation.TimeUnit.MICROS : LogicalTypeAnnotation.TimeUnit.NANOS;
    }

    private SchemaElement next() throws UnreadableFileException {
        if (!elements.hasNext()) throw UnreadableFileException.because("it is damaged (its schema breaks off)");
        return elements.next();
    }
}
