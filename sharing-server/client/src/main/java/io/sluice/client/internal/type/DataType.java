package io.sluice.client.internal.type;

import java.util.List;
import java.util.OptionalInt;

/** The type of a column, as Delta names it. */
public sealed interface DataType {
    /** Types without parts. */
    enum Simple implements DataType {
        BOOLEAN,
        BYTE,
        SHORT,
        INTEGER,
        LONG,
        FLOAT,
        DOUBLE,
        STRING,
        BINARY,
        DATE,
        TIMESTAMP,
        TIMESTAMP_NTZ
    }

    record Decimal(int precision, int scale) implements DataType {}

    record Array(DataType element) implements DataType {}

    record MapOf(DataType key, DataType value) implements DataType {}

    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
        }

        public List<String> names() {
            return fields.stream().map(Field::name).toList();
        }
    }

    /**
     * @param physicalName what files call it; the same as the name, unless columns are mapped
     * @param id of the column, in files that tell ids, where columns are mapped
     */
    record Field(String name, DataType type, String physicalName, OptionalInt id) {
        /** A column that is called the same everywhere. */
        public static Field of(String name, DataType type) {
            return new Field(name, type, name, OptionalInt.empty());
        }
    }
}
