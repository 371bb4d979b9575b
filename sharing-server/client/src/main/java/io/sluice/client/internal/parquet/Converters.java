package io.sluice.client.internal.parquet;

import io.sluice.client.internal.parquet.Bounds.Budget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** How groups become rows, lists and maps. parquet-java drives them: start, the fields that are there, end. */
final class Converters {
    private Converters() {}

    /** Makes the converter of a field, given where its values go. A value that is null is not told. */
    @FunctionalInterface
    interface Maker {
        Converter to(Consumer<Object> sink);
    }

    @FunctionalInterface
    interface RowSink {
        void take(@Nullable Object[] values);
    }

    /** A field of the file and its place among the wanted ones. */
    record Slot(int index, Maker maker) {}

    static final class StructConverter extends GroupConverter {
        private final Converter[] fields;
        private final @Nullable Object[] others;
        private final RowSink sink;
        private @Nullable Object[] values;

        /** @param others what the fields are that the file does not tell */
        StructConverter(List<Slot> slots, @Nullable Object[] others, RowSink sink) {
            this.others = others;
            this.values = others;
            this.sink = sink;
            this.fields = slots.stream()
                    .map(slot -> slot.maker().to(value -> values[slot.index()] = value))
                    .toArray(Converter[]::new);
        }

        @Override
        public Converter getConverter(int field) {
            return fields[field];
        }

        @Override
        public void start() {
            values = others.clone();
        }

        @Override
        public void end() {
            sink.take(values);
        }
    }

    /** A list as a group of a repeated element. */
    static final class ListConverter extends GroupConverter {
        private final Consumer<Object> sink;
        private final Converter element;
        private List<@Nullable Object> list = new ArrayList<>();

        /** @param element makes the converter of the repeated element, given what takes one; also null */
        ListConverter(Function<Consumer<@Nullable Object>, Converter> element, Budget budget, Consumer<Object> sink) {
            this.sink = sink;
            this.element = element.apply(value -> {
                budget.take(Bounds.VALUE_BYTES);
                list.add(value);
            });
        }

        @Override
        public Converter getConverter(int field) {
            return element;
        }

        @Override
        public void start() {
            list = new ArrayList<>();
        }

        @Override
        public void end() {
            sink.accept(Collections.unmodifiableList(list));
        }
    }

    /** The group around an element, without which it could not be null. */
    static final class ElementConverter extends GroupConverter {
        private final Consumer<@Nullable Object> sink;
        private final Converter value;
        private @Nullable Object current;

        ElementConverter(Maker maker, Consumer<@Nullable Object> sink) {
            this.sink = sink;
            this.value = maker.to(read -> current = read);
        }

        @Override
        public Converter getConverter(int field) {
            return value;
        }

        @Override
        public void start() {
            current = null;
        }

        @Override
        public void end() {
            sink.accept(current);
        }
    }

    /** A map as a group of repeated pairs. */
    static final class MapConverter extends GroupConverter {
        private final Consumer<Object> sink;
        private final StructConverter pair;
        private Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();

        MapConverter(Maker key, Maker value, Budget budget, Consumer<Object> sink) {
            this.sink = sink;
            this.pair = new StructConverter(
                    List.of(new Slot(0, key), new Slot(1, value)), new @Nullable Object[2], entry -> {
                        budget.take(Bounds.VALUE_BYTES);
                        map.put(entry[0], entry[1]);
                    });
        }

        @Override
        public Converter getConverter(int field) {
            return pair;
        }

        @Override
        public void start() {
            map = new LinkedHashMap<>();
        }

        @Override
        public void end() {
            sink.accept(Collections.unmodifiableMap(map));
        }
    }

    /** For a field that is read only because something of its group has to be. */
    static final class Nowhere extends PrimitiveConverter {
        @Override
        public void addBinary(Binary value) {}

        @Override
        public void addBoolean(boolean value) {}

        @Override
        public void addDouble(double value) {}

        @Override
        public void addFloat(float value) {}

        @Override
        public void addInt(int value) {}

        @Override
        public void addLong(long value) {}
    }
}
