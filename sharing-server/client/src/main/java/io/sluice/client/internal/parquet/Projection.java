package io.sluice.client.internal.parquet;

import io.sluice.client.internal.parquet.Bounds.Budget;
import io.sluice.client.internal.parquet.Converters.ElementConverter;
import io.sluice.client.internal.parquet.Converters.ListConverter;
import io.sluice.client.internal.parquet.Converters.Maker;
import io.sluice.client.internal.parquet.Converters.MapConverter;
import io.sluice.client.internal.parquet.Converters.Nowhere;
import io.sluice.client.internal.parquet.Converters.Slot;
import io.sluice.client.internal.parquet.Converters.StructConverter;
import io.sluice.client.internal.parquet.ParquetFile.StructMaker;
import io.sluice.client.internal.type.DataType;
import io.sluice.client.internal.type.DataType.Field;
import io.sluice.client.internal.type.DataType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a table in a file, and says how their values are made. */
final class Projection {
    private final Matching matching;
    private final StructMaker structs;
    private final Budget budget = new Budget(Bounds.MOST_ROW_BYTES, "the values of one row");

    Projection(Matching matching, StructMaker structs) {
        this.matching = matching;
        this.structs = structs;
    }

    /** A part of the file's schema, and what makes values of it. */
    private record Bound(Type type, Maker maker) {}

    /** Parts of a group that were found. */
    private record Found(List<Type> types, List<Slot> slots) {}

    RowAssembly of(MessageType file, Struct wanted, @Nullable Object[] others) {
        Found found = find(file, wanted);
        return new RowAssembly(
                new MessageType(file.getName(), found.types()),
                sink -> new StructConverter(found.slots(), others, values -> {
                    budget.clear();
                    sink.take(values);
                }));
    }

    private Found find(GroupType group, Struct wanted) {
        List<Type> types = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (int index = 0; index < wanted.fields().size(); index++) {
            Field field = wanted.fields().get(index);
            Optional<Type> type = matching.find(group, field);
            if (type.isEmpty()) continue;
            if (type.get().isRepetition(Repetition.REPEATED)) throw misfit(type.get(), field.type());
            Bound bound = bind(type.get(), field.type());
            types.add(bound.type());
            slots.add(new Slot(index, bound.maker()));
        }
        return new Found(types, slots);
    }

    private Bound bind(Type type, DataType wanted) {
        if (wanted instanceof Struct struct) return struct(group(type, wanted), struct);
        if (wanted instanceof DataType.Array array) return array(group(type, wanted), array);
        if (wanted instanceof DataType.MapOf map) return map(group(type, wanted), map);
        if (!type.isPrimitive()) throw misfit(type, wanted);
        PrimitiveType stored = type.asPrimitiveType();
        Function<Object, Object> meaning = Meaning.of(stored, wanted);
        return new Bound(type, sink -> new ValueConverter(stored.getPrimitiveTypeName(), meaning, budget, sink));
    }

    private Bound struct(GroupType group, Struct wanted) {
        Found found = find(group, wanted);
        // Whether the group itself is null stands in its fields only, so that one has to be read.
        if (found.types().isEmpty()) found = new Found(List.of(group.getType(0)), List.of(nowhere(group.getType(0))));
        List<Slot> slots = found.slots();
        @Nullable Object[] others = new @Nullable Object[wanted.fields().size()];
        Maker maker = sink -> new StructConverter(slots, others, values -> {
            budget.take(Bounds.VALUE_BYTES);
            sink.accept(structs.make(wanted, values));
        });
        return new Bound(group.withNewFields(found.types()), maker);
    }

    private static Slot nowhere(Type type) {
        if (type.isPrimitive()) return new Slot(0, sink -> new Nowhere());
        List<Slot> inner =
                type.asGroupType().getFields().stream().map(Projection::nowhere).toList();
        return new Slot(0, sink -> new StructConverter(inner, new @Nullable Object[0], values -> {}));
    }

    private Bound array(GroupType group, DataType.Array wanted) {
        Type repeated = onlyRepeated(group, wanted);
        if (isElement(repeated, group)) {
            Bound element = bind(repeated, wanted.element());
            return new Bound(
                    group.withNewFields(element.type()),
                    sink -> new ListConverter(taker -> element.maker().to(taker), budget, sink));
        }
        Bound element = bind(repeated.asGroupType().getType(0), wanted.element());
        return new Bound(
                group.withNewFields(repeated.asGroupType().withNewFields(element.type())),
                sink -> new ListConverter(taker -> new ElementConverter(element.maker(), taker), budget, sink));
    }

    /** Old writers repeat the element itself, newer ones a group around it: the rules are those of Parquet's format. */
    private static boolean isElement(Type repeated, GroupType list) {
        return repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list.getName() + "_tuple");
    }

    private Bound map(GroupType group, DataType.MapOf wanted) {
        Type pair = onlyRepeated(group, wanted);
        if (pair.isPrimitive() || pair.asGroupType().getFieldCount() != 2) throw misfit(group, wanted);
        Bound key = bind(pair.asGroupType().getType(0), wanted.key());
        Bound value = bind(pair.asGroupType().getType(1), wanted.value());
        return new Bound(
                group.withNewFields(pair.asGroupType().withNewFields(key.type(), value.type())),
                sink -> new MapConverter(key.maker(), value.maker(), budget, sink));
    }

    private static Type onlyRepeated(GroupType group, DataType wanted) {
        if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Repetition.REPEATED))
            throw misfit(group, wanted);
        return group.getType(0);
    }

    private static GroupType group(Type type, DataType wanted) {
        if (type.isPrimitive()) throw misfit(type, wanted);
        return type.asGroupType();
    }

    private static IllegalArgumentException misfit(Type type, DataType wanted) {
        return new IllegalArgumentException(
                "column %s is laid out otherwise than the table's %s".formatted(type.getName(), wanted));
    }
}
