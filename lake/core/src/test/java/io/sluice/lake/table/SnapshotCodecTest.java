package io.sluice.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
    @Test
    void aSnapshotComesBackAsItWas() throws Exception {
        TableSnapshot snapshot = snapshot(1_000);

        TableSnapshot read = SnapshotCodec.decode(SnapshotCodec.encode(snapshot));

        // The files too: their list compares the actions, whatever rows they lie in.
        assertThat(read).isEqualTo(snapshot);
        assertThat(read.bytes()).isEqualTo(snapshot.bytes());
    }

    @Test
    void whatComesBackIsFollowedLikeTheOther() throws Exception {
        TableSnapshot snapshot = snapshot(10);
        TableSnapshot read = SnapshotCodec.decode(SnapshotCodec.encode(snapshot));
        TableCommit next = new TableCommit(8, List.of(action("remove", file(3)), action("add", file(99))));

        assertThat(read.files().after(next)).isEqualTo(snapshot.files().after(next));
    }

    @Test
    void aTableOfManyFilesTakesLessOnItsWayThanInMemory() throws Exception {
        TableSnapshot snapshot = snapshot(5_000);

        assertThat(SnapshotCodec.encode(snapshot))
                .hasSizeLessThan((int) snapshot.files().residentBytes());
    }

    @Test
    void partsOfASnapshotAreRefusedWhereverTheyEnd() throws Exception {
        byte[] whole = SnapshotCodec.encode(snapshot(20));
        for (int length = 0; length < whole.length - 8; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SnapshotCodec.decode(part)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLaterLayoutIsRefused() throws Exception {
        byte[] later = SnapshotCodec.encode(snapshot(1));
        later[0]++;

        assertThatThrownBy(() -> SnapshotCodec.decode(later)).hasMessageContaining("layout 2");
    }

    private static TableSnapshot snapshot(int count) throws Exception {
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) files.add(DataFile.of(file(i)));
        return new TableSnapshot(
                7,
                Instant.parse("2026-01-02T03:04:05.006007008Z"),
                json("{\"minReaderVersion\":3,\"readerFeatures\":[\"deletionVectors\"]}"),
                json("{\"id\":\"t\",\"partitionColumns\":[\"day\"],\"schemaString\":\"{}\",\"configuration\":{}}"),
                files);
    }

    private static ObjectNode file(int number) throws Exception {
        ObjectNode add = json("""
                {"path":"day=%1$d/part-%1$d.parquet","partitionValues":{"day":"%1$d"},"size":%2$d,
                 "modificationTime":1700000000000,"dataChange":true}""".formatted(number % 30, 40_000_000_000L + number));
        add.put("path", add.get("path").asText() + number);
        if (number % 3 > 0) add.put("stats", "{\"numRecords\":%d,\"minValues\":{\"a\":1.50}}".formatted(number));
        if (number % 5 == 0)
            add.set("deletionVector", json("{\"storageType\":\"u\",\"pathOrInlineDv\":\"ab\",\"offset\":1}"));
        return add;
    }

    private static ObjectNode action(String kind, ObjectNode file) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set(kind, file);
        return action;
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) LogJson.MAPPER.readTree(text);
    }
}
