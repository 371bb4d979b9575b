package io.sluice.lake.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.lake.table.LogJson;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Iceberg's types as Delta's, such that readers of Delta find in the files what they expect. */
final class IcebergTypes {
    private final URI table;
    private final FieldNames names;

    IcebergTypes(URI table, FieldNames names) {
        this.table = table;
        this.names = names;
    }

    /** What a log keeps as {@code schemaString}. */
    String json(Schema schema) {
        return struct(schema.columns(), "").toString();
    }

    private ObjectNode struct(List<NestedField> fields, String path) {
        ObjectNode struct = LogJson.MAPPER.createObjectNode().put("type", "struct");
        var list = struct.putArray("fields");
        for (NestedField field : fields) list.add(field(field, path));
        return struct;
    }

    private ObjectNode field(NestedField field, String path) {
        String name = path + field.name();
        if (field.initialDefault() != null) throw refused(name, "has a default for rows that were written before it");
        ObjectNode json = LogJson.MAPPER.createObjectNode();
        json.put("name", field.name());
        json.set("type", type(field.type(), name));
        json.put("nullable", field.isOptional());
        ObjectNode metadata = json.putObject("metadata");
        if (field.doc() != null) metadata.put("comment", field.doc());
        names.describe(field, metadata);
        return json;
    }

    private JsonNode type(Type type, String name) {
        return switch (type.typeId()) {
            case STRUCT -> struct(type.asStructType().fields(), name + ".");
            case LIST -> {
                Types.ListType list = type.asListType();
                ObjectNode json = LogJson.MAPPER.createObjectNode().put("type", "array");
                json.set("elementType", type(list.elementType(), name + ".element"));
                yield json.put("containsNull", list.isElementOptional());
            }
            case MAP -> {
                Types.MapType map = type.asMapType();
                ObjectNode json = LogJson.MAPPER.createObjectNode().put("type", "map");
                json.set("keyType", type(map.keyType(), name + ".key"));
                json.set("valueType", type(map.valueType(), name + ".value"));
                yield json.put("valueContainsNull", map.isValueOptional());
            }
            default -> TextNode.valueOf(primitive(type, name));
        };
    }

    private String primitive(Type type, String name) {
        return switch (type.typeId()) {
            case BOOLEAN -> "boolean";
            case INTEGER -> "integer";
            case LONG -> "long";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case DATE -> "date";
            case STRING -> "string";
            case BINARY -> "binary";
            case TIMESTAMP -> ((Types.TimestampType) type).shouldAdjustToUTC() ? "timestamp" : "timestamp_ntz";
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
            }
            default -> throw refused(name, "has the type " + type);
        };
    }

    private Failure refused(String column, String what) {
        return Failure.unsupported(
                "Column %s of the Iceberg table at %s %s, which readers of Delta tables do not know. Share a table "
                        + "without it, or one that keeps it as another type.",
                column, table, what);
    }
}
