package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.KnownTable;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Answers in parts, and fresh URLs. */
final class PagingRules {
    private static final int LARGE_PAGE = 20_000;

    private PagingRules() {}

    static List<Check> list() {
        return Rules.of(Group.PAGING)
                .rule("Pages of one file each tell every file once", world -> {
                    SharedTable table = paged(world);
                    Map<String, Integer> whole =
                            table.query("{}").send().isOk().lines().fileIds();
                    Pages pages = Pages.of(table, 1);
                    pages.first().must(pages.fileIds().equals(whole), whole.toString(), pages.fileIds());
                })
                .rule("No page has more files than maxFiles", world -> {
                    for (Answer page : Pages.of(paged(world), 1).answers())
                        page.must(
                                page.lines().files().size() <= 1,
                                "at most one file",
                                page.lines().files().size());
                })
                // The Spark client compares them byte by byte.
                .rule("All pages of a query have the same first two lines and the same version", world -> {
                    Pages pages = Pages.of(paged(world), 1);
                    for (Answer page : pages.answers()) {
                        page.must(
                                page.lines().head().equals(pages.first().lines().head()),
                                "the first page's lines",
                                "others");
                        page.must(
                                page.version() == pages.first().version(), "the first page's version", page.version());
                    }
                })
                .rule("Each page ends with endStreamAction, and the last one has no nextPageToken", world -> {
                    for (Answer page : Pages.of(paged(world), 1).answers())
                        page.lines().requiredEnd();
                })
                .rule("A page as large as the table is the last one", world -> {
                    SharedTable table = paged(world);
                    Lines lines = table.query("{\"maxFiles\":" + (table.files() + 10) + "}")
                            .send()
                            .isOk()
                            .lines();
                    lines.requiredEnd();
                    lines.answer().must(lines.token(Pages.NEXT).isEmpty(), "no nextPageToken", "one");
                })
                .rule("50,000 files come whole in pages of 20,000", world -> {
                    SharedTable table = world.known(KnownTable.MANY_COMMITS);
                    Pages pages = Pages.of(table, LARGE_PAGE);
                    int found = pages.fileIds().size();
                    pages.first().must(found == KnownTable.MANY_COMMITS.files(), "50000 files", found);
                })
                .rule("50,000 files come whole at once, with a checkpoint and without", world -> {
                    for (KnownTable known : List.of(KnownTable.MANY_COMMITS, KnownTable.MANY_CHECKPOINTED)) {
                        Answer answer = world.known(known).query("{}").send().isOk();
                        int found = answer.lines().files().size();
                        answer.must(found == known.files(), known.files() + " files", found);
                    }
                })
                .rule("maxFiles of 0 is refused with 400", world -> refused(world, "{\"maxFiles\":0}"))
                .rule("A negative maxFiles is refused with 400", world -> refused(world, "{\"maxFiles\":-1}"))
                .rule("A page token that was changed is refused with 400", world -> {
                    SharedTable table = paged(world);
                    next(table, Tokens.tampered(Pages.token(table)), "").send().is(400);
                })
                .rule("A page token is refused with 400 with another table", world -> {
                    SharedTable table = paged(world);
                    next(world.other(table, Trait.PLAIN), Pages.token(table), "")
                            .send()
                            .is(400);
                })
                .rule("A page token is refused with 400 with another query", world -> {
                    SharedTable table = paged(world);
                    next(table, Pages.token(table), ",\"limitHint\":1").send().is(400);
                })
                .rule("A page token is refused with 401 without the bearer token", world -> {
                    SharedTable table = paged(world);
                    next(table, Pages.token(table), "").withoutToken().send().is(401);
                })
                .rule("A refresh answers the same files of the same version", world -> {
                    SharedTable table = world.plain();
                    Answer before =
                            table.query("{\"includeRefreshToken\":true}").send().isOk();
                    Answer after = table.query("{\"refreshToken\":\"" + refreshToken(table) + "\"}")
                            .send()
                            .isOk();
                    after.must(after.version() == before.version(), "version " + before.version(), after.version());
                    after.must(
                            after.lines().fileIds().equals(before.lines().fileIds()),
                            before.lines().fileIds().toString(),
                            after.lines().fileIds());
                })
                .rule("The URLs of a refresh can be fetched", world -> {
                    SharedTable table = world.plain();
                    Answer after = table.query("{\"refreshToken\":\"" + refreshToken(table) + "\"}")
                            .send()
                            .isOk();
                    Parquet.requireMagic(after.lines().files().get(0));
                })
                .rule("minUrlExpirationTimestamp is not later than any URL's end", world -> {
                    refreshToken(world.plain());
                    Answer answer = world.plain()
                            .query("{\"includeRefreshToken\":true}")
                            .send()
                            .isOk();
                    JsonNode told = answer.lines().requiredEnd().path("minUrlExpirationTimestamp");
                    if (!told.canConvertToLong()) throw new NotApplicable("The server does not tell when URLs end.");
                    for (FileLine file : answer.lines().files())
                        answer.must(
                                file.expiry().orElse(Long.MAX_VALUE) >= told.asLong(), "a later end", file.expiry());
                })
                .rule("A refresh token that was changed is refused with 400", world -> {
                    SharedTable table = world.plain();
                    table.query("{\"refreshToken\":\"" + Tokens.tampered(refreshToken(table)) + "\"}")
                            .send()
                            .is(400);
                })
                .rule("A refresh token is refused with 400 with another table", world -> {
                    SharedTable table = world.plain();
                    String body = "{\"refreshToken\":\"" + refreshToken(table) + "\"}";
                    world.other(table, Trait.PLAIN).query(body).send().is(400);
                })
                .rule(
                        "includeRefreshToken with a version is refused with 400",
                        world -> refused(world, "{\"includeRefreshToken\":true,\"version\":0}"))
                .rule("includeRefreshToken with a page token is refused with 400", world -> {
                    SharedTable table = paged(world);
                    next(table, Pages.token(table), ",\"includeRefreshToken\":true")
                            .send()
                            .is(400);
                })
                .list();
    }

    private static SharedTable paged(World world) throws IOException, InterruptedException {
        SharedTable table = world.table(Trait.PLAIN, Trait.SEVERAL_FILES);
        if (table.query("{\"maxFiles\":1}").send().isOk().lines().end().isEmpty())
            throw new NotApplicable("The server does not page: it answers maxFiles without endStreamAction.");
        return table;
    }

    private static Call next(SharedTable table, String token, String more) {
        return table.query("{\"maxFiles\":1,\"pageToken\":\"" + token + "\"" + more + "}");
    }

    private static String refreshToken(SharedTable table) throws IOException, InterruptedException {
        return table.query("{\"includeRefreshToken\":true}")
                .send()
                .isOk()
                .lines()
                .token("refreshToken")
                .orElseThrow(() -> new NotApplicable("The server gives no refresh tokens."));
    }

    private static void refused(World world, String body) throws IOException, InterruptedException {
        world.plain().query(body).send().is(400);
    }
}
