package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "group",
        description = "Groups of users and of other groups, to grant to.",
        footer = "Example: sluice group create analysts --member ann@example.com")
public final class GroupCommand extends Noun {

    @Command(name = "list", description = "List the groups.", footer = "Example: sluice group list")
    int list(@Mixin Common common) {
        return Directory.GROUPS.list(common);
    }

    @Command(
            name = "create",
            description = "Make a group.",
            footer = "Example: sluice group create analysts --member ann@example.com --member bob@example.com")
    int create(
            @Mixin Common common,
            @Parameters(paramLabel = "GROUP") String name,
            @Option(names = "--member", paramLabel = "WHO", description = "Once for each member.") @Nullable
                    List<String> members) {
        return Directory.GROUPS.create(common, group(name, members == null ? List.of() : members));
    }

    @Command(
            name = "members",
            description = "Show the members of a group, after changing them if asked to.",
            footer = "Example: sluice group members analysts --add bob@example.com")
    int members(
            @Mixin Common common,
            @Parameters(paramLabel = "GROUP") String name,
            @Option(names = "--add", paramLabel = "WHO") @Nullable List<String> added,
            @Option(names = "--remove", paramLabel = "WHO") @Nullable List<String> removed) {
        return common.show(server -> {
            JsonNode group = Directory.GROUPS.get(server, name);
            Set<String> members = new LinkedHashSet<>();
            Directory.members(group).forEach(members::add);
            boolean isChanged = added != null && members.addAll(added);
            isChanged |= removed != null && members.removeAll(removed);
            return members(isChanged ? server.put(Directory.GROUPS.route(group), group(name, members)) : group);
        });
    }

    @Command(
            name = "delete",
            description = "Delete a group; its members stay.",
            footer = "Example: sluice group delete analysts --yes")
    int delete(@Mixin Common common, @Parameters(paramLabel = "GROUP") String name, @Mixin Destroying destroying) {
        return Directory.GROUPS.delete(common, name, destroying);
    }

    private static ObjectNode group(String name, Iterable<String> members) {
        ObjectNode group = Json.object().put("displayName", name);
        ArrayNode list = group.putArray("members");
        members.forEach(member -> list.addObject().put("value", member));
        return group;
    }

    private static Answer members(JsonNode group) {
        return Answer.many(group, "members", Column.text("member", "value"));
    }
}
