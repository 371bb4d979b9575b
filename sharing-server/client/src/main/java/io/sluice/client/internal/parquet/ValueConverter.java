package io.sluice.client.internal.parquet;

import io.sluice.client.internal.parquet.Bounds.Budget;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Values without parts. Those of a dictionary are converted once. */
final class ValueConverter extends PrimitiveConverter {
    private final PrimitiveTypeName stored;
    private final Function<Object, Object> meaning;
    private final Budget budget;
    private final Consumer<Object> sink;
    private @Nullable Dictionary dictionary;
    private @Nullable Object[] known = new Object[0];

    ValueConverter(PrimitiveTypeName stored, Function<Object, Object> meaning, Budget budget, Consumer<Object> sink) {
        this.stored = stored;
        this.meaning = meaning;
        this.budget = budget;
        this.sink = sink;
    }

    @Override
    public boolean hasDictionarySupport() {
        return true;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.known = new Object[dictionary.getMaxId() + 1];
    }

    @Override
    public void addValueFromDictionary(int id) {
        Object value = known[id];
        if (value == null) {
            value = meaning.apply(stored(Objects.requireNonNull(dictionary), id));
            known[id] = value;
        }
        budget.take(Bounds.VALUE_BYTES);
        sink.accept(value);
    }

    private Object stored(Dictionary from, int id) {
        return switch (stored) {
            case INT32 -> from.decodeToInt(id);
            case INT64 -> from.decodeToLong(id);
            case FLOAT -> from.decodeToFloat(id);
            case DOUBLE -> from.decodeToDouble(id);
            case BOOLEAN -> from.decodeToBoolean(id);
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> from.decodeToBinary(id);
        };
    }

    @Override
    public void addBinary(Binary value) {
        budget.take(value.length());
        add(value);
    }

    @Override
    public void addBoolean(boolean value) {
        add(value);
    }

    @Override
    public void addDouble(double value) {
        add(value);
    }

    @Override
    public void addFloat(float value) {
        add(value);
    }

    @Override
    public void addInt(int value) {
        add(value);
    }

    @Override
    public void addLong(long value) {
        add(value);
    }

    private void add(Object value) {
        budget.take(Bounds.VALUE_BYTES);
        sink.accept(meaning.apply(value));
    }
}
