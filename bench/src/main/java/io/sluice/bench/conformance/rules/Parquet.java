package io.sluice.bench.conformance.rules;

import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import io.sluice.bench.conformance.wire.FileLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Looks at a handed-out file as far as its first and last bytes go. */
final class Parquet {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private Parquet() {}

    static void requireMagic(FileLine file) throws IOException, InterruptedException {
        long size = file.size();
        require(range(file, 0, MAGIC.length - 1), "at the beginning", 0, size);
        require(range(file, size - MAGIC.length, size - 1), "at the end", size - MAGIC.length, size);
    }

    private static void require(Answer answer, String where, long from, long size) {
        // A store that knows no ranges sends all of it.
        answer.is(206, 200);
        byte[] bytes = answer.status() == 206
                ? answer.body()
                : Arrays.copyOfRange(answer.body(), (int) from, (int) from + MAGIC.length);
        answer.must(Arrays.equals(bytes, MAGIC), "PAR1 " + where, bytes.length + " other bytes");
        String told = answer.header("Content-Range").orElse("/" + size);
        answer.must(told.endsWith("/" + size) || told.endsWith("/*"), "a file of " + size + " bytes", told);
    }

    private static Answer range(FileLine file, long from, long to) throws IOException, InterruptedException {
        return whole(file).with("Range", "bytes=" + from + "-" + to).send();
    }

    static Call whole(FileLine file) {
        return file.answer().call().server().file(file.url());
    }
}
