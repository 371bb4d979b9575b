package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.KeyUnavailableException;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.query.QueryTokens.Place;
import io.sluice.sharing.query.QueryTokens.Question;
import io.sluice.sharing.query.SharingProtocol.Asked;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.LastLine;
import io.sluice.sharing.wire.LineWriter;
import io.sluice.sharing.wire.NdjsonAnswer;
import io.sluice.sharing.wire.ResponseFormat;
import io.sluice.sharing.wire.SharingErrors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends off what was found: headers, the lines in front, a page of files with URLs, and the line behind. */
final class Delivery {
    private final FileUrls urls;
    private final QueryTokens tokens;
    private final DeliveryLog log;

    Delivery(FileUrls urls, QueryTokens tokens, DeliveryLog log) {
        this.urls = urls;
        this.tokens = tokens;
        this.log = log;
    }

    QueryTokens tokens() {
        return tokens;
    }

    /**
     * What an answer is made of.
     *
     * @param call that it answers
     * @param version told in the header
     * @param place where this page stands: at its beginning
     * @param refreshes whether its URLs can be had again
     */
    record Draft(
            DeliveryLog.Call call,
            RoutedTable routed,
            long version,
            List<ObjectNode> header,
            Function<FileRenderer, ListedLines> page,
            Question question,
            Place place,
            boolean hasLastLine,
            boolean refreshes) {}

    TableAnswer send(Asked asked, Draft draft) {
        RoutedTable routed = draft.routed();
        ResponseFormat format = draft.place().format();
        FileUrls.Batch batch = urls.begin(new FileUrls.Origin(
                asked.recipient(),
                asked.found().share().share(),
                asked.found().given().objectId(),
                routed.place(),
                routed.opened(),
                routed.keys()));
        ListedLines page = draft.page()
                .apply(new FileRenderer(batch, format, asked.capabilities().fileIds(format)));
        boolean endsStream = draft.hasLastLine() || asked.capabilities().endsStream();
        EndedLines ended = new EndedLines(page, () -> last(draft, page, batch));
        NdjsonAnswer body = new NdjsonAnswer(
                draft.header(),
                endsStream ? ended : new PlainLines(page),
                isWhole -> log.listed(listed(asked, draft, page, isWhole && !ended.hasFailed)));
        return new TableAnswer(headers(draft.version(), asked.capabilities(), format, endsStream), body);
    }

    private static DeliveryLog.Listed listed(Asked asked, Draft draft, ListedLines page, boolean isWhole) {
        return new DeliveryLog.Listed(
                asked.recipient(),
                asked.found().share().share().id(),
                asked.address().toString(),
                draft.call(),
                draft.routed().place().tableId(),
                draft.routed().place().location(),
                draft.version(),
                page.files(),
                page.bytes(),
                isWhole);
    }

    private ObjectNode last(Draft draft, ListedLines page, FileUrls.Batch batch) {
        Optional<String> next = page.isFollowed()
                ? Optional.of(tokens.nextPage(draft.question(), draft.place().after(page.listed())))
                : Optional.empty();
        Optional<String> refresh =
                draft.refreshes() ? Optional.of(tokens.refresh(draft.question(), draft.place())) : Optional.empty();
        return new LastLine(refresh, next, batch.expiresAt()).json();
    }

    private record PlainLines(ListedLines page) implements NdjsonAnswer.Lines {
        @Override
        public boolean hasNext() {
            return page.hasNext();
        }

        @Override
        public void writeNext(LineWriter out) throws IOException {
            page.writeNext(out);
        }
    }

    /** With a line behind them that is made once all others are through. */
    private static final class EndedLines implements NdjsonAnswer.Lines {
        private final ListedLines page;
        private final Supplier<ObjectNode> last;
        private boolean isEnded;
        private boolean hasFailed;

        EndedLines(ListedLines page, Supplier<ObjectNode> last) {
            this.page = page;
            this.last = last;
        }

        @Override
        public boolean hasNext() {
            return !isEnded;
        }

        @Override
        public void writeNext(LineWriter out) throws IOException {
            if (page.hasNext()) {
                writeFile(out);
                return;
            }
            out.line(last.get());
            isEnded = true;
        }

        /** Lines are made before they are written: what fails here has left no half of one behind. */
        private void writeFile(LineWriter out) throws IOException {
            try {
                page.writeNext(out);
            } catch (Failure | KeyRevokedException | KeyUnavailableException e) {
                out.line(LastLine.failed(SharingErrors.of(e)));
                isEnded = true;
                hasFailed = true;
            }
        }
    }

    static Map<String, String> headers(
            long version, Capabilities capabilities, ResponseFormat format, boolean endsStream) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", NdjsonAnswer.CONTENT_TYPE);
        headers.put(TableAnswer.VERSION_HEADER, Long.toString(version));
        headers.put(Capabilities.HEADER, capabilities.answered(format, endsStream));
        capabilities.fileIds().ifPresent(ids -> headers.put(Capabilities.FILE_ID_HEADER, ids.wireName()));
        return headers;
    }
}
