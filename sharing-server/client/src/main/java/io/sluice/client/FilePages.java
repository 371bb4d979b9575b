package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.client.FileLine.Identity;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of an answer, page after page. A page is read as soon as its first file is wanted, so that no connection
 * stays open while its files are read; from a server that does not know pages the lines are taken in portions. Not for
 * several threads.
 */
final class FilePages implements AutoCloseable {
    /** Servers keep each call waiting for some seconds, and pauses between them grow. */
    private static final int MOST_POLLS = 100;

    private final Http http;
    private final Question question;
    private final TableMetadata metadata;
    private final Optional<String> askedToRefresh;
    private final Deque<FileLine> ahead = new ArrayDeque<>();
    private Optional<String> refreshToken = Optional.empty();

    /** Of the page that is read, or comes next; empty for the first one. */
    private Optional<String> pageToken = Optional.empty();

    private @Nullable Lines page;
    private boolean isPageUsed;
    private boolean isAtEnd;

    FilePages(Http http, Question question) throws IOException {
        this(http, question, Optional.empty());
    }

    private FilePages(Http http, Question question, Optional<String> askedToRefresh) throws IOException {
        this.http = http;
        this.question = question;
        this.askedToRefresh = askedToRefresh;
        Opened first = open();
        this.metadata = first.metadata();
        this.page = first.lines();
    }

    private record Opened(Lines lines, TableMetadata metadata) {}

    private Opened open() throws IOException {
        HttpRequest request = pageToken.map(question::page).orElseGet(() -> question.first(askedToRefresh));
        for (int asked = 1; ; asked++) {
            Lines lines = new Lines(http.send(request));
            try {
                Optional<String> pending = lines.pendingQuery();
                if (pending.isEmpty()) return new Opened(lines, lines.header());
                lines.close();
                if (asked == MOST_POLLS)
                    throw SharingException.brokenProtocol("The query is still pending. Try later.");
                http.pauseAfter(asked);
                request = question.again(pending.get());
            } catch (IOException | RuntimeException e) {
                lines.close();
                throw e;
            }
        }
    }

    TableMetadata metadata() {
        return metadata;
    }

    /**
     * The next file; empty at the end. Throws when the server broke the answer off, or promised a last line and did
     * not send it: the files so far then are not the whole table.
     */
    Optional<FileLine> next() throws IOException {
        while (ahead.isEmpty() && !isAtEnd) fill();
        isPageUsed |= !ahead.isEmpty();
        return Optional.ofNullable(ahead.poll());
    }

    /** The same files with fresh URLs; those read ahead get theirs too. */
    Map<Identity, FileLine> renewed(Collection<FileLine> stale) throws IOException {
        Set<Identity> wanted = new HashSet<>();
        stale.forEach(line -> wanted.add(line.identity()));
        ahead.forEach(line -> wanted.add(line.identity()));
        Map<Identity, FileLine> fresh = fresh(wanted);
        for (FileLine line : stale)
            if (!fresh.containsKey(line.identity()))
                throw SharingException.brokenProtocol(
                        "The server gave no fresh URL for file %s. Read the table again.",
                        line.file().id());
        for (int left = ahead.size(); left > 0; left--) {
            FileLine line = ahead.remove();
            ahead.add(fresh.getOrDefault(line.identity(), line));
        }
        return fresh;
    }

    private Map<Identity, FileLine> fresh(Set<Identity> wanted) throws IOException {
        Map<Identity, FileLine> fresh = new HashMap<>();
        try (FilePages again = new FilePages(http, question, refreshToken)) {
            requireSame(again.metadata);
            for (Optional<FileLine> line = again.next(); line.isPresent(); line = again.next()) {
                Identity identity = line.get().identity();
                if (wanted.contains(identity)) fresh.put(identity, line.get());
                if (fresh.size() == wanted.size()) break;
            }
        }
        return fresh;
    }

    /** Takes lines until the end of the page, again where the connection broke before the first of them was used. */
    private void fill() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                readAhead(page != null ? page : reopened());
                return;
            } catch (IOException e) {
                boolean isFinal = e instanceof SharingException known && !known.isBrokenOff();
                if (isFinal || isPageUsed || attempt == http.attempts()) throw e;
                ahead.clear();
                close();
                http.pauseAfter(attempt);
            }
        }
    }

    private Lines reopened() throws IOException {
        Opened opened = open();
        page = opened.lines();
        requireSame(opened.metadata());
        return opened.lines();
    }

    private void readAhead(Lines lines) throws IOException {
        while (ahead.size() < Question.PAGE_FILES) {
            Optional<JsonNode> line = lines.next();
            if (line.isEmpty() && lines.promisesEnd()) throw SharingException.brokenOff();
            if (line.isEmpty() || line.get().has("endStreamAction")) {
                lines.finish();
                end(line.map(last -> last.get("endStreamAction")).orElse(MissingNode.getInstance()));
                return;
            }
            ahead.add(FileLine.of(line.get())
                    .orElseThrow(() ->
                            SharingException.brokenProtocol("The answer has a line that is neither file nor end.")));
        }
    }

    private void end(JsonNode last) throws IOException {
        String failure = last.path("errorMessage").asText("");
        if (!failure.isEmpty())
            throw new SharingException(last.path("httpStatusErrorCode").asInt(0), "", failure);
        close();
        // Only the first page tells it.
        if (refreshToken.isEmpty()) refreshToken = text(last, "refreshToken");
        pageToken = text(last, "nextPageToken");
        isAtEnd = pageToken.isEmpty();
        isPageUsed = false;
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.of(json.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    private void requireSame(TableMetadata other) throws SharingException {
        if (!metadata.equals(other))
            throw SharingException.brokenProtocol(
                    "The table changed while it was read, from version %d to version %d. Read it again.",
                    metadata.version(), other.version());
    }

    @Override
    public void close() throws IOException {
        if (page != null) page.close();
        page = null;
    }
}
