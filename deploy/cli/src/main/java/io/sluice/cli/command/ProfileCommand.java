package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.setting.Profile;
import io.sluice.cli.setting.ProfileStore;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "profile",
        description = "Servers that you have logged in to. Tokens are never shown.",
        footer = "Example: sluice profile use staging")
public final class ProfileCommand extends Noun {
    private static final Column[] COLUMNS = {
        Column.text("name", "name"), Column.text("server", "server"), Column.text("in use", "in_use")
    };

    @Command(
            name = "list",
            description = "List the profiles; the one in use is marked.",
            footer = "Example: sluice profile list")
    int list(@Mixin Common common) {
        return common.print(all(common.surroundings().profiles()));
    }

    @Command(
            name = "show",
            description = "Show one profile without its token.",
            footer = "Example: sluice profile show staging")
    int show(
            @Mixin Common common,
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "Default: the one in use.") @Nullable
                    String name) {
        ProfileStore profiles = common.surroundings().profiles();
        Profile profile = profiles.getOrCurrent(Optional.ofNullable(name));
        ObjectNode json = json(profile, profiles)
                .put("file", profiles.fileOf(profile.name()).toString());
        return common.print(Answer.one(json, COLUMNS[0], COLUMNS[1], COLUMNS[2], Column.text("file", "file")));
    }

    @Command(name = "use", description = "Use a profile from now on.", footer = "Example: sluice profile use staging")
    int use(@Mixin Common common, @Parameters(paramLabel = "NAME") String name) {
        ProfileStore profiles = common.surroundings().profiles();
        profiles.use(name);
        return common.print(all(profiles));
    }

    @Command(
            name = "delete",
            aliases = "remove",
            description = "Forget a profile and its token. A session stays open: to end it too, log out.",
            footer = "Example: sluice profile delete staging")
    int delete(@Mixin Common common, @Parameters(paramLabel = "NAME") String name) {
        ProfileStore profiles = common.surroundings().profiles();
        profiles.remove(name);
        return common.print(all(profiles));
    }

    private static Answer all(ProfileStore profiles) {
        ArrayNode list = Json.array();
        for (String name : profiles.names()) list.add(json(profiles.get(name), profiles));
        return Answer.many(Json.object().set("profiles", list), "profiles", COLUMNS);
    }

    private static ObjectNode json(Profile profile, ProfileStore profiles) {
        return Json.object()
                .put("name", profile.name())
                .put("server", profile.server().toString())
                .put(
                        "in_use",
                        profiles.currentName().filter(profile.name()::equals).isPresent());
    }
}
