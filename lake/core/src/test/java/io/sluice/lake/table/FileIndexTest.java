package io.sluice.lake.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FileIndexTest {
    @Test
    void aFileComesBackAsItWasTold() {
        ObjectNode add = add("day=1/a%20b-ü.parquet", 7, 3);
        add.putObject("tags").put("colour", "red");
        add.put("baseRowId", 40_000_000_000L);
        FileIndex index = FileIndex.of(List.of(DataFile.of(add)));

        assertThat(index.get(0).add()).isEqualTo(add);
        assertThat(index.get(0).path()).isEqualTo("day=1/a%20b-ü.parquet");
        assertThat(index.bytes()).isEqualTo(7);
        assertThat(index.hidesRows()).isFalse();
    }

    @Test
    void randomCommitsLeaveWhatASimpleMapWouldHold() {
        // A map by path and vector is the obvious model; thousands of commits go through merges and clean-ups.
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, ObjectNode> model = new TreeMap<>();
        FileIndex index = FileIndex.of(List.of());
        for (int version = 1; version <= 2_000; version++) {
            List<ObjectNode> actions = new ArrayList<>();
            List<String> removable = new ArrayList<>(model.keySet());
            java.util.Collections.shuffle(removable, random);
            for (String key : removable.subList(0, Math.min(random.nextInt(4), removable.size())))
                actions.add(action("remove", model.remove(key)));
            for (int more = random.nextInt(5); more > 0; more--) {
                ObjectNode add = add("p" + random.nextInt(3_000), random.nextInt(100), random.nextInt(3));
                model.put(key(add), add);
                actions.add(action("add", add));
            }
            index = index.after(new TableCommit(version, withoutDoubles(actions)))
                    .orElseThrow();
            assertThat(index.size()).as("seed %d, version %d", seed, version).isEqualTo(model.size());
        }

        assertThat(index).as("seed %d", seed).extracting(DataFile::add).containsExactlyElementsOf(model.values());
        assertThat(index.bytes())
                .isEqualTo(model.values().stream()
                        .mapToLong(add -> add.get("size").asLong())
                        .sum());
    }

    @Test
    void anOlderVersionStaysAsItWas() {
        FileIndex before = FileIndex.of(List.of(DataFile.of(add("a", 1, 1)), DataFile.of(add("c", 1, 1))));
        FileIndex after = before.after(new TableCommit(
                        1, List.of(action("remove", add("a", 1, 1)), action("add", add("b", 5, 1)))))
                .orElseThrow();

        assertThat(before).extracting(DataFile::path).containsExactly("a", "c");
        assertThat(after).extracting(DataFile::path).containsExactly("b", "c");
    }

    @Test
    void theSamePathWithAnotherVectorIsAnotherState() {
        ObjectNode plain = add("a", 1, 1);
        ObjectNode hiding = add("a", 1, 1);
        hiding.putObject("deletionVector")
                .put("storageType", "u")
                .put("pathOrInlineDv", "vBn[lx{q8@P<9BNH/isA")
                .put("offset", 1)
                .put("sizeInBytes", 36)
                .put("cardinality", 2);
        FileIndex before = FileIndex.of(List.of(DataFile.of(plain)));
        FileIndex after = before.after(new TableCommit(1, List.of(action("add", hiding), action("remove", plain))))
                .orElseThrow();

        assertThat(after.hidesRows()).isTrue();
        assertThat(after.get(0).deletionVector()).contains("uvBn[lx{q8@P<9BNH/isA@1");
        assertThat(after.after(new TableCommit(2, List.of(action("remove", plain)))))
                .as("the plain state is not here any more")
                .isEqualTo(Optional.empty());
    }

    @Test
    void pathsAreOrderedByCodePoints() {
        // UTF-16 would put the character beyond the first plane in front.
        FileIndex index =
                FileIndex.of(List.of(DataFile.of(add("\ud83d\ude00", 1, 1)), DataFile.of(add("\uffee", 1, 1))));

        assertThat(index).extracting(DataFile::path).containsExactly("\uffee", "\ud83d\ude00");
    }

    @Test
    void aFileCostsLittleMoreThanItsPath() {
        FileIndex.Builder files = new FileIndex.Builder();
        for (int i = 0; i < 50_000; i++) {
            ObjectNode add =
                    add("day=2026-%03d/part-%071d".formatted(i % 100, i).substring(0, 80), i, i % 100);
            add.remove("stats");
            files.add(add);
        }

        assertThat(files.build().residentBytes() / 50_000).isLessThanOrEqualTo(120);
    }

    private static List<ObjectNode> withoutDoubles(List<ObjectNode> actions) {
        Map<String, ObjectNode> last = new HashMap<>();
        List<ObjectNode> removes = new ArrayList<>();
        for (ObjectNode action : actions) {
            if (action.has("remove")) removes.add(action);
            else last.put(key((ObjectNode) action.get("add")), action);
        }
        removes.addAll(last.values());
        return removes;
    }

    private static String key(ObjectNode add) {
        return add.get("path").asText();
    }

    private static ObjectNode add(String path, long size, int day) {
        ObjectNode add = LogJson.MAPPER.createObjectNode();
        add.put("path", path);
        add.putObject("partitionValues").put("day", Integer.toString(day)).putNull("hour");
        add.put("size", (int) size);
        add.put("modificationTime", 17);
        add.put("dataChange", true);
        add.put("stats", "{\"numRecords\":" + size + "}");
        return add;
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set(name, body);
        return action;
    }
}
