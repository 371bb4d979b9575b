package io.sluice.sharing.query;

import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileKeys;
import io.sluice.sharing.query.QueryTokens.Place;
import io.sluice.sharing.query.QueryTokens.Question;
import io.sluice.sharing.query.SharingProtocol.Asked;
import io.sluice.sharing.wire.QueryRequest;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of a table at one version. */
final class SnapshotAnswers {
    private final TableRoutes routes;
    private final PastVersions past;
    private final Delivery delivery;
    private final AnswerBound bound;
    private final WrittenLines written = new WrittenLines();

    SnapshotAnswers(TableRoutes routes, PastVersions past, Delivery delivery, AnswerBound bound) {
        this.routes = routes;
        this.past = past;
        this.delivery = delivery;
        this.bound = bound;
    }

    TableAnswer answer(Asked asked, QueryRequest request) {
        Question question = Question.of(asked, request.identity());
        // A page and a refresh stay at the version, the place and the format that were answered first.
        Optional<Place> before = request.pageToken()
                .map(token -> delivery.tokens().page(question, token))
                .or(() -> request.refreshToken().map(token -> delivery.tokens().refreshed(question, token)));
        if (before.isPresent()) return answer(asked, request, before.get());
        RoutedTable routed = fresh(asked, request);
        return send(asked, request, routed, beginning(asked, routed));
    }

    /** Where the answer to a query begins. Loads the table. */
    Place begin(Asked asked, QueryRequest request) {
        return beginning(asked, fresh(asked, request));
    }

    /** Goes on where an answer stands. */
    TableAnswer answer(Asked asked, QueryRequest request, Place place) {
        if (!asked.capabilities().formats().contains(place.format()))
            throw Failure.invalid(
                    "An answer that began in format %s goes on in it. Ask for it.",
                    place.format().wireName());
        return send(asked, request, routes.resume(asked, place), place);
    }

    private static Place beginning(Asked asked, RoutedTable routed) {
        return Place.beginning(routed, FormatChoice.of(asked.address(), asked.capabilities(), routed.snapshot()));
    }

    private TableAnswer send(Asked asked, QueryRequest request, RoutedTable routed, Place place) {
        // Refused before the first byte, when it can still be told.
        for (String path : routed.snapshot().files().absolutePaths())
            FileKeys.key(routed.place().location(), path);
        if (request.maxFiles().isEmpty() && routed.snapshot().files().size() > bound.files())
            bound.require(FileSelection.of(routed.snapshot(), request));
        return delivery.send(
                asked,
                new Delivery.Draft(
                        DeliveryLog.Call.QUERY,
                        routed,
                        routed.version(),
                        SharingProtocol.header(routed, asked.found(), place.format()),
                        renderer -> lines(routed.snapshot(), request, place, renderer),
                        Question.of(asked, request.identity()),
                        place,
                        request.wantsLastLine(),
                        request.wantsRefreshToken() || request.refreshToken().isPresent()));
    }

    private ListedLines lines(TableSnapshot snapshot, QueryRequest request, Place place, FileRenderer renderer) {
        boolean isKept = request.selectsAll() && renderer.isForAnybody() && written.takes(snapshot.files());
        OptionalLong most = bound.page(request.maxFiles());
        return isKept
                ? written.page(snapshot.files(), place.files(), most, renderer)
                : new SelectedLines(new Pages<>(FileSelection.of(snapshot, request), place.files(), most), renderer);
    }

    private RoutedTable fresh(Asked asked, QueryRequest request) {
        if (request.version().isPresent())
            return past.at(asked.found(), asked.address(), request.version().getAsLong());
        return request.timestamp()
                .map(moment -> past.at(asked.found(), asked.address(), moment))
                .orElseGet(() -> routes.route(asked.recipient(), asked.found()));
    }
}
