package io.sluice.bench.conformance.rules;

import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the commits of a table were made, as its stream of files tells it.
 *
 * @param commits that added or removed rows, by version
 */
record History(TreeMap<Long, Instant> commits) {
    static History of(SharedTable table) throws IOException, InterruptedException {
        Lines lines = table.readableQuery("{\"startingVersion\":" + table.firstVersion() + "}")
                .send()
                .isOk()
                .lines();
        TreeMap<Long, Instant> commits = new TreeMap<>();
        for (FileLine file : lines.files())
            if (file.version().isPresent() && file.timestamp().isPresent())
                commits.put(
                        file.version().getAsLong(),
                        Instant.ofEpochMilli(file.timestamp().getAsLong()));
        return new History(commits);
    }

    /** Without those that share their moment with the one before: a moment then does not tell which is meant. */
    List<Map.Entry<Long, Instant>> distinctCommits() {
        List<Map.Entry<Long, Instant>> distinct = new ArrayList<>();
        Instant before = Instant.MIN;
        for (Map.Entry<Long, Instant> commit : commits.entrySet()) {
            if (commit.getValue().isAfter(before)) distinct.add(commit);
            before = commit.getValue();
        }
        return distinct;
    }
}
