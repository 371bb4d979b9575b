package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import java.util.List;
import java.util.Locale;

/** What a client is told when something is wrong, and the manners of HTTP. */
final class ErrorRules {
    private ErrorRules() {}

    static List<Check> list() {
        return Rules.of(Group.ERRORS)
                .rule(
                        "404 has a JSON body with errorCode and message",
                        world ->
                                requireBody(world.missing().versionCall().send().is(404)))
                .rule(
                        "400 has a JSON body with errorCode and message",
                        world -> requireBody(
                                world.plain().query("{\"version\":-1}").send().is(400)))
                // The reference server answers plain text here, although the protocol wants the body of all errors.
                .rule(
                        "401 has a JSON body with errorCode and message",
                        world -> requireBody(world.server()
                                .get("/shares")
                                .withoutToken()
                                .send()
                                .is(401)))
                .rule("Errors tell nothing of the server's inside", world -> {
                    for (Call call : List.of(
                            world.plain().query("{\"limitHint\":"),
                            world.missing().query("{}"),
                            world.server().get("/shares").param("maxResults", "many"))) {
                        Answer answer = call.send();
                        boolean tells = answer.text().contains("Exception")
                                || answer.text().contains("\tat ");
                        answer.must(!tells, "a message for people", answer.text());
                    }
                })
                .rule(
                        "A path that is not of the protocol is refused with 404",
                        world -> world.server()
                                .get("/conformance-no-such-path")
                                .send()
                                .is(404))
                .rule(
                        "A method that is not of the protocol is refused with 405, 404 or 400",
                        world -> world.server().call("DELETE", "/shares").send().is(405, 404, 400))
                .rule(
                        "A name that breaks the rule for names is refused with 400 or 404",
                        world -> world.server()
                                .get("/shares/conformance%20with%20spaces")
                                .send()
                                .is(400, 404))
                .rule(
                        "A name longer than 255 characters is refused with 400, 404 or 414",
                        world -> world.server()
                                .get("/shares/" + "x".repeat(300))
                                .send()
                                .is(400, 404, 414))
                .rule(
                        "Parameters that the server does not know are passed over",
                        world -> world.server()
                                .get("/shares")
                                .param("conformance", "yes")
                                .send()
                                .isOk())
                .rule("Names may be percent-encoded more than they need", world -> {
                    String name = world.share();
                    String encoded =
                            "%" + Integer.toHexString(name.charAt(0)).toUpperCase(Locale.ROOT) + name.substring(1);
                    if (name.charAt(0) > 127) throw new NotApplicable("The share's name begins beyond ASCII.");
                    world.server().get("/shares/" + encoded).send().isOk();
                })
                .rule("Answers for one recipient are not left to shared caches", world -> {
                    Answer answer = world.plain().query("{}").send().isOk();
                    String control = answer.header("Cache-Control").orElse("");
                    answer.must(!control.contains("public"), "no Cache-Control: public", control);
                })
                .rule("Nothing in this run was answered with 500 or above", world -> {
                    List<Answer> collapses = world.server().collapses();
                    if (!collapses.isEmpty()) collapses.get(0).is(200, 400);
                })
                .list();
    }

    private static void requireBody(Answer answer) {
        answer.must(
                answer.isJson(),
                "Content-Type application/json",
                answer.header("Content-Type").orElse("none"));
        JsonNode body = answer.json();
        boolean isWhole = body.path("errorCode").isTextual()
                && !body.path("message").asText().isEmpty();
        answer.must(isWhole, "errorCode and message", body);
    }
}
