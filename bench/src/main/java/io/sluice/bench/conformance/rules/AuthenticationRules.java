package io.sluice.bench.conformance.rules;

import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.wire.Call;
import io.sluice.bench.conformance.wire.Server;
import java.util.List;

/** Who gets in. */
final class AuthenticationRules {
    private AuthenticationRules() {}

    static List<Check> list() {
        return Rules.of(Group.AUTHENTICATION)
                .rule(
                        "The profile's token opens the list of shares",
                        world -> world.server().get("/shares").send().isOk())
                .rule(
                        "A request without a token is refused with 401",
                        world -> world.server()
                                .get("/shares")
                                .withoutToken()
                                .send()
                                .is(401))
                .rule(
                        "A token that was never given out is refused with 401",
                        world -> world.server()
                                .get("/shares")
                                .token("0123456789abcdef0123456789abcdef")
                                .send()
                                .is(401))
                .rule("A token that lacks its last character is refused with 401", world -> {
                    Call call = world.server().get("/shares");
                    call.token(call.token().substring(0, call.token().length() - 1))
                            .send()
                            .is(401);
                })
                .rule("A token with a character behind it is refused with 401", world -> {
                    Call call = world.server().get("/shares");
                    call.token(call.token() + "x").send().is(401);
                })
                .rule("The token under another scheme than Bearer is refused with 401", world -> {
                    Call call = world.server().get("/shares");
                    call.withoutToken()
                            .with("Authorization", "Basic " + call.token())
                            .send()
                            .is(401);
                })
                .rule("The scheme Bearer is read without regard to case", world -> {
                    Call call = world.server().get("/shares");
                    call.withoutToken()
                            .with("Authorization", "bearer " + call.token())
                            .send()
                            .isOk();
                })
                .rule("Every call about a table is refused with 401 without a token", world -> {
                    SharedTable table = world.any();
                    for (Call call : List.of(
                            table.versionCall(),
                            table.metadata(),
                            table.query("{}"),
                            table.changes().param("startingVersion", 0),
                            table.credentials("{}"))) call.withoutToken().send().is(401);
                })
                .rule("Who is not known learns nothing of what exists: all shares are refused alike", world -> {
                    Call there = world.server().get("/shares/" + Server.encoded(world.share()));
                    Call away = world.server().get("/shares/conformance-no-such-share");
                    there.withoutToken().send().is(401);
                    away.withoutToken().send().is(401);
                })
                // Servers differ: 404 tells less, and 403 is allowed too.
                .rule(
                        "A share that is not there, or not granted, is refused with 404 or 403",
                        world -> world.server()
                                .get("/shares/conformance-no-such-share")
                                .send()
                                .is(404, 403))
                .list();
    }
}
