package io.sluice.bench.conformance.rules;

import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** All parts of an answer, in their order. */
record Pages(List<Answer> answers) {
    static final String NEXT = "nextPageToken";

    /** Beyond this a chain of pages is taken for endless. */
    private static final int MOST = 500;

    static Pages of(SharedTable table, int maxFiles) throws IOException, InterruptedException {
        String size = "{\"maxFiles\":" + maxFiles;
        return follow(table.query(size + "}"), token -> table.query(size + ",\"pageToken\":\"" + token + "\"}"));
    }

    static Pages follow(Call first, Function<String, Call> next) throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();
        Answer page = first.send().isOk();
        answers.add(page);
        while (page.lines().token(NEXT).isPresent()) {
            page.must(answers.size() < MOST, "an end of the pages", MOST + " of them");
            page = next.apply(page.lines().token(NEXT).get()).send().isOk();
            answers.add(page);
        }
        return new Pages(List.copyOf(answers));
    }

    /** The token of a second page. */
    static String token(SharedTable table) throws IOException, InterruptedException {
        return table.query("{\"maxFiles\":1}")
                .send()
                .isOk()
                .lines()
                .token(NEXT)
                .orElseThrow(() -> new NotApplicable("The server gives no page token."));
    }

    Answer first() {
        return answers.get(0);
    }

    /** How often each file is told. */
    Map<String, Integer> fileIds() {
        Map<String, Integer> ids = new TreeMap<>();
        for (Answer page : answers) page.lines().fileIds().forEach((id, count) -> ids.merge(id, count, Integer::sum));
        return ids;
    }
}
