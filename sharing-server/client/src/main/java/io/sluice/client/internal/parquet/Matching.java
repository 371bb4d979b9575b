package io.sluice.client.internal.parquet;

import io.sluice.client.internal.type.DataType.Field;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** By what the columns of a table are found in its files. */
public enum Matching {
    BY_NAME {
        @Override
        Optional<Type> find(GroupType group, Field field) {
            return group.containsField(field.physicalName())
                    ? Optional.of(group.getType(field.physicalName()))
                    : Optional.empty();
        }
    },
    BY_ID {
        @Override
        Optional<Type> find(GroupType group, Field field) {
            if (field.id().isEmpty()) return BY_NAME.find(group, field);
            return group.getFields().stream()
                    .filter(type -> type.getId() != null
                            && type.getId().intValue() == field.id().getAsInt())
                    .findFirst();
        }
    };

    abstract Optional<Type> find(GroupType group, Field field);
}
