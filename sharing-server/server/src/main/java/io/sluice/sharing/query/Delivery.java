package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.query.QueryTokens.Place;
import io.sluice.sharing.query.QueryTokens.Question;
import io.sluice.sharing.query.SharingProtocol.Asked;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.FileIdHash;
import io.sluice.sharing.wire.LastLine;
import io.sluice.sharing.wire.NdjsonAnswer;
import io.sluice.sharing.wire.ResponseFormat;
import io.sluice.sharing.wire.TableLines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param version told in the header
     * @param place where this page stands: at its beginning
     * @param refreshes whether its URLs can be had again
     */
    record Draft(
            RoutedTable routed,
            long version,
            List<ObjectNode> header,
            Pages<ListedAction> page,
            Question question,
            Place place,
            boolean hasLastLine,
            boolean refreshes) {}

    TableAnswer send(Asked asked, Draft draft) {
        RoutedTable routed = draft.routed();
        ResponseFormat format = draft.place().format();
        FileUrls.Batch batch = urls.begin(new FileUrls.Origin(
                asked.recipient().id(),
                asked.found().share().share().id(),
                routed.place(),
                routed.opened(),
                routed.keys()));
        boolean endsStream = draft.hasLastLine() || asked.capabilities().endsStream();
        Supplier<ObjectNode> last = () -> last(draft, batch);
        FileLines lines = new FileLines(
                draft.page(),
                batch,
                TableLines.in(format),
                new FileIdHash(asked.capabilities().fileIds(format)),
                endsStream ? Optional.of(last) : Optional.empty());
        NdjsonAnswer body =
                new NdjsonAnswer(draft.header(), lines, isWhole -> log.listed(lines.listed(draft.version(), isWhole)));
        return new TableAnswer(headers(draft.version(), asked.capabilities(), format, endsStream), body);
    }

    private ObjectNode last(Draft draft, FileUrls.Batch batch) {
        Optional<String> next = draft.page().isFollowed()
                ? Optional.of(tokens.nextPage(
                        draft.question(), draft.place().after(draft.page().listed())))
                : Optional.empty();
        Optional<String> refresh =
                draft.refreshes() ? Optional.of(tokens.refresh(draft.question(), draft.place())) : Optional.empty();
        return new LastLine(refresh, next, batch.expiresAt()).json();
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
