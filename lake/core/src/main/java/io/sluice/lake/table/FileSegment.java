package io.sluice.lake.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Some files of a table in columns, never changed. The texts of a row stand one behind the other in one array, each
 * behind its length: the path, the statistics, and as JSON whatever fields most files do not have (deletion vectors,
 * tags, row ids).
 */
final class FileSegment {
    /** Arrays end at 2 GiB, and copying a segment should not take long. */
    private static final int FULL_BYTES = 64 << 20;

    private static final Set<String> COLUMNS =
            Set.of("path", "partitionValues", "size", "modificationTime", "dataChange", "stats");

    private final byte[] texts;
    private final int[] starts;
    private final long[] sizes;
    private final long[] modified;
    private final int[] partitions;
    private final List<PartitionValues> values;
    private final long residentBytes;

    private FileSegment(Builder built) {
        this.texts = Arrays.copyOf(built.texts, built.used);
        this.starts = Arrays.copyOf(built.starts, built.rows);
        this.sizes = Arrays.copyOf(built.sizes, built.rows);
        this.modified = Arrays.copyOf(built.modified, built.rows);
        this.partitions = Arrays.copyOf(built.partitions, built.rows);
        this.values = List.copyOf(built.values);
        this.residentBytes = texts.length
                + 24L * rows()
                + 128
                + values.stream().mapToLong(PartitionValues::residentBytes).sum();
    }

    int rows() {
        return starts.length;
    }

    boolean isFull() {
        return texts.length >= FULL_BYTES;
    }

    long residentBytes() {
        return residentBytes;
    }

    long size(int row) {
        return sizes[row];
    }

    long modifiedMillis(int row) {
        return modified[row];
    }

    PartitionValues partitionValues(int row) {
        return values.get(partitions[row]);
    }

    Utf8 path(int row) {
        return text(starts[row]);
    }

    Utf8 statistics(int row) {
        return text(behind(path(row)));
    }

    /** An object of the fields that have no column here; empty for none. */
    Utf8 otherFields(int row) {
        return text(behind(statistics(row)));
    }

    private Utf8 text(int at) {
        int length = 0;
        int shift = 0;
        int next = at;
        byte part;
        do {
            part = texts[next++];
            length |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return new Utf8(texts, next, length);
    }

    private static int behind(Utf8 text) {
        return text.from() + text.length();
    }

    /** Collects rows; the values of partitions are shared among those that are equal. */
    static final class Builder {
        private final Map<PartitionValues, Integer> known = new HashMap<>();
        private final List<PartitionValues> values = new ArrayList<>();
        private byte[] texts = new byte[1024];
        private int used;
        private int rows;
        private int[] starts = new int[8];
        private long[] sizes = new long[8];
        private long[] modified = new long[8];
        private int[] partitions = new int[8];

        boolean isEmpty() {
            return rows == 0;
        }

        boolean isFull() {
            return used >= FULL_BYTES;
        }

        FileSegment build() {
            return new FileSegment(this);
        }

        void add(IndexedFile file) {
            begin(file.partitionValues(), file.size(), file.modifiedMillis());
            put(file.pathText());
            put(file.statistics());
            put(file.otherFieldsText());
        }

        /** @param add an action of the log */
        void add(ObjectNode add) {
            PartitionValues partition = add.get("partitionValues") instanceof ObjectNode json
                    ? PartitionValues.of(json)
                    : PartitionValues.NONE;
            begin(
                    partition,
                    add.path("size").asLong(),
                    add.path("modificationTime").asLong());
            put(add.path("path").asText());
            put(add.path("stats").asText(""));
            put(others(add));
        }

        private static String others(ObjectNode add) {
            ObjectNode others = LogJson.MAPPER.createObjectNode();
            for (Map.Entry<String, JsonNode> field : add.properties())
                if (!COLUMNS.contains(field.getKey()) && !field.getValue().isNull())
                    others.set(field.getKey(), field.getValue());
            try {
                return others.isEmpty() ? "" : LogJson.MAPPER.writeValueAsString(others);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("an action that cannot be written as JSON", e);
            }
        }

        private void begin(PartitionValues partition, long size, long modifiedMillis) {
            if (rows == starts.length) grow();
            starts[rows] = used;
            sizes[rows] = size;
            modified[rows] = modifiedMillis;
            partitions[rows] = known.computeIfAbsent(partition, fresh -> {
                values.add(fresh);
                return values.size() - 1;
            });
            rows++;
        }

        private void grow() {
            int more = Math.max(rows + 1, rows + rows / 2);
            starts = Arrays.copyOf(starts, more);
            sizes = Arrays.copyOf(sizes, more);
            modified = Arrays.copyOf(modified, more);
            partitions = Arrays.copyOf(partitions, more);
        }

        private void put(String text) {
            put(Utf8.of(text));
        }

        private void put(Utf8 text) {
            int most = used + 5 + text.length();
            if (most > texts.length) texts = Arrays.copyOf(texts, Math.max(most, texts.length + texts.length / 2));
            int left = text.length();
            while (left >= 0x80) {
                texts[used++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            texts[used++] = (byte) left;
            System.arraycopy(text.bytes(), text.from(), texts, used, text.length());
            used += text.length();
        }
    }
}
