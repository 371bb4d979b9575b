package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "user",
        description = "Users, who are named by their e-mail address.",
        footer = "Example: sluice user create ann@example.com")
public final class UserCommand extends Noun {

    @Command(name = "list", description = "List the users.", footer = "Example: sluice user list")
    int list(@Mixin Common common) {
        return Directory.USERS.list(common);
    }

    @Command(name = "me", description = "Tell who you are to the server.", footer = "Example: sluice user me")
    int me(@Mixin Common common) {
        return common.show(server -> Directory.USERS.facts(server.get(Route.control("scim2", "Me"))));
    }

    @Command(
            name = "create",
            description = "Make a user.",
            footer = "Example: sluice user create ann@example.com --shown-as \"Ann Bell\"")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "E-MAIL") String name,
            @Option(names = "--shown-as", paramLabel = "TEXT", description = "Default: the address.") @Nullable
                    String shownAs) {
        ObjectNode body = Json.object().put("userName", name).put("displayName", shownAs == null ? name : shownAs);
        body.putArray("emails").addObject().put("value", name).put("primary", true);
        return Directory.USERS.create(common, body);
    }

    @Command(
            name = "delete",
            description = "Delete a user and the tokens of that user.",
            footer = "Example: sluice user delete ann@example.com --yes")
    int delete(@Mixin Common common, @Parameters(paramLabel = "E-MAIL") String name, @Mixin Destroying destroying) {
        return Directory.USERS.delete(common, name, destroying);
    }
}
