package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.PartitionValues;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.query.QueryTokens.Place;
import io.sluice.sharing.query.QueryTokens.Question;
import io.sluice.sharing.query.SharingProtocol.Asked;
import io.sluice.sharing.wire.ChangesRequest;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.wire.ResponseFormat;
import io.sluice.sharing.wire.TableLines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What happened to a table between two versions: its files, for streams, and its rows, for the change data feed. */
final class ChangeAnswers {
    private final TableRoutes routes;
    private final PastVersions past;
    private final Delivery delivery;
    private final AnswerBound bound;

    ChangeAnswers(TableRoutes routes, PastVersions past, Delivery delivery, AnswerBound bound) {
        this.routes = routes;
        this.past = past;
        this.delivery = delivery;
        this.bound = bound;
    }

    /**
     * What is wanted of a range of versions, both ends included.
     *
     * @param before where an answer that goes on stands
     */
    private record Wanted(
            long from,
            long to,
            CommitLines.Scope scope,
            Question question,
            Optional<Place> before,
            OptionalLong maxFiles,
            boolean hasLastLine) {}

    /** What was added and removed since a version. */
    TableAnswer since(Asked asked, QueryRequest request) {
        PastVersions.requireVersions(asked.found(), asked.address());
        Question question = Question.of(asked, request.identity());
        Optional<Place> before =
                request.pageToken().map(token -> delivery.tokens().page(question, token));
        Optional<Long> end = before.map(Place::version).or(() -> boxed(request.endingVersion()));
        return send(
                asked,
                inRange(
                        asked,
                        new Wanted(
                                request.startingVersion().orElseThrow(),
                                end.orElse(Long.MAX_VALUE),
                                new CommitLines.Scope(false, true, request.includesHistoricalProtocol()),
                                question,
                                before,
                                request.maxFiles(),
                                request.wantsLastLine())));
    }

    /** The change data feed. */
    TableAnswer feed(Asked asked, ChangesRequest request) {
        if (!asked.found().history().isShared()) throw notKept(asked);
        Question question = Question.of(asked, request.identity());
        Optional<Place> before =
                request.pageToken().map(token -> delivery.tokens().page(question, token));
        Optional<Long> end = before.map(Place::version)
                .or(() -> boxed(request.endingVersion()))
                .or(() -> request.endingTimestamp().map(moment -> past.versionAt(asked.found(), moment)));
        return send(
                asked,
                inRange(
                        asked,
                        new Wanted(
                                boxed(request.startingVersion()).orElseGet(() -> firstFrom(asked, request)),
                                end.orElse(Long.MAX_VALUE),
                                new CommitLines.Scope(
                                        true,
                                        request.includesHistoricalMetadata(),
                                        request.includesHistoricalProtocol()),
                                question,
                                before,
                                request.maxFiles(),
                                request.wantsLastLine())));
    }

    private long firstFrom(Asked asked, ChangesRequest request) {
        return past.versionFrom(
                asked.found(), asked.address(), request.startingTimestamp().orElseThrow());
    }

    private Wanted inRange(Asked asked, Wanted wanted) {
        PastVersions.requireShared(asked.found(), asked.address(), wanted.from());
        long latest = routes.latest(asked.found().table());
        if (wanted.from() > latest)
            throw Failure.invalid(
                    "Provided Start version(%d) for reading change data is invalid. Start version cannot be greater than"
                            + " the latest version of the table(%d).",
                    wanted.from(), latest);
        long to = Math.min(wanted.to(), latest);
        if (to < wanted.from())
            throw Failure.invalid(
                    "CDF range from start %d to end %d is invalid. End cannot be before start.", wanted.from(), to);
        return new Wanted(
                wanted.from(),
                to,
                wanted.scope(),
                wanted.question(),
                wanted.before(),
                wanted.maxFiles(),
                wanted.hasLastLine());
    }

    private TableAnswer send(Asked asked, Wanted wanted) {
        RoutedTable last = routes.at(asked.found(), wanted.to());
        wanted.before().ifPresent(place -> place.require(last));
        if (wanted.scope().tellsRows() && !last.snapshot().keepsChanges()) throw notKept(asked);
        ResponseFormat format = wanted.before()
                .map(Place::format)
                .orElseGet(() -> FormatChoice.ofRange(asked.address(), asked.capabilities(), last.snapshot()));
        RoutedTable first = wanted.scope().tellsOldMetadata() ? routes.at(asked.found(), wanted.from()) : last;
        CommitLines commits = commits(asked, wanted, first.snapshot(), format);
        Place place = wanted.before().orElseGet(() -> Place.beginning(last, format));
        return delivery.send(
                asked,
                new Delivery.Draft(
                        wanted.scope().tellsRows() ? DeliveryLog.Call.CHANGES : DeliveryLog.Call.QUERY,
                        last,
                        wanted.from(),
                        header(asked, wanted, first.snapshot(), format),
                        renderer -> new SelectedLines(page(commits, place, wanted.maxFiles()), renderer),
                        wanted.question(),
                        place,
                        wanted.hasLastLine(),
                        false));
    }

    private Pages<ListedAction> page(CommitLines commits, Place place, OptionalLong maxFiles) {
        return new Pages<>(
                maxFiles.isPresent() ? commits : bound.counted(commits), place.files(), bound.page(maxFiles));
    }

    private static List<ObjectNode> header(Asked asked, Wanted wanted, TableSnapshot snapshot, ResponseFormat format) {
        TableLines lines = TableLines.ofRange(format, asked.capabilities());
        OptionalLong told = OptionalLong.of(snapshot.version());
        return List.of(
                lines.protocol(snapshot, wanted.scope().tellsOldProtocol() ? told : OptionalLong.empty()),
                lines.metadata(
                        snapshot,
                        new TableLines.Told(
                                wanted.scope().tellsOldMetadata() ? told : OptionalLong.empty(),
                                true,
                                asked.found().folder())));
    }

    private CommitLines commits(Asked asked, Wanted wanted, TableSnapshot first, ResponseFormat format) {
        PartitionFilter filter = asked.found().partitions();
        Predicate<PartitionValues> shared = filter.on(first);
        SortedMap<Long, Instant> times =
                routes.ask(asked.found().table(), log -> log.commitTimes(wanted.from(), wanted.to()));
        for (long version = wanted.from(); version <= wanted.to(); version++)
            if (!times.containsKey(version)) throw gone(asked, version);
        CommitLines.Commits log = version -> {
            TableCommit commit = routes.ask(
                    asked.found().table(),
                    asking -> asking.changes(version, version).get(0));
            @Nullable Instant time = times.get(version);
            if (time == null) throw gone(asked, version);
            return ChangeActions.of(commit, time).inPartitions(shared);
        };
        if (format == ResponseFormat.PARQUET && first.mayHideRows()) requireNoVectors(asked, wanted, log);
        if (!filter.isAll()) requirePartitions(asked, wanted, log);
        return new CommitLines(
                log,
                wanted.from(),
                wanted.to(),
                first,
                wanted.scope(),
                TableLines.ofRange(format, asked.capabilities()));
    }

    /** Before the first byte: afterwards the answer could only be broken off. */
    private static void requireNoVectors(Asked asked, Wanted wanted, CommitLines.Commits log) {
        for (long version = wanted.from(); version <= wanted.to(); version++)
            if (log.at(version).hasVectors()) throw FormatChoice.hidesRows(asked.address());
    }

    /** Old writers leave out of what partition a removed file was: it may be of one that is not shared. */
    private static void requirePartitions(Asked asked, Wanted wanted, CommitLines.Commits log) {
        for (long version = wanted.from(); version <= wanted.to(); version++)
            if (!log.at(version).tellsPartitions())
                throw Failure.unsupported(
                        "Version %d of table %s removes files without telling their partitions, of which only some are "
                                + "shared. Read newer versions, or the table as a whole.",
                        version, asked.address());
    }

    private static Failure gone(Asked asked, long version) {
        return Failure.invalid(
                "Version %d of table %s is no longer in its log. Read newer versions, or the table as a whole.",
                version, asked.address());
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static Failure notKept(Asked asked) {
        return Failure.unsupported(
                "cdf is not enabled on table %s: it is not shared, or the table does not keep it. Query the table"
                        + " instead.",
                asked.address());
    }
}
