package io.sluice.client.internal.parquet;

import io.sluice.client.internal.type.DataType.Struct;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rows of a file at once; structs as maps. */
final class ReadFile {
    private ReadFile() {}

    static List<List<Object>> rows(Path file, Struct wanted) throws IOException {
        return rows(file, wanted, new Object[wanted.fields().size()], Matching.BY_NAME);
    }

    static List<List<Object>> rows(Path file, Struct wanted, Object[] others, Matching matching) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ParquetRows rows = ParquetFile.open(channel).rows(wanted, others, ReadFile::map, matching);
            List<List<Object>> all = new ArrayList<>();
            for (Object[] row = rows.next(); row != null; row = rows.next()) all.add(Arrays.asList(row));
            return all;
        }
    }

    private static Map<String, Object> map(Struct type, Object[] values) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) map.put(type.names().get(i), values[i]);
        return map;
    }
}
