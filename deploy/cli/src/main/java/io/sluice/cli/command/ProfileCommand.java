package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.setting.Profile;
import io.sluice.cli.setting.ProfileStore;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "profile", description = "Servers that you have logged in to. Tokens are never shown.")
public final class ProfileCommand extends Noun {

    @Command(name = "list", description = "List the profiles; the one in use is marked.")
    int list(@Mixin Common common) {
        return common.print(all(common.surroundings().profiles()));
    }

    @Command(name = "use", description = "Use a profile from now on.")
    int use(@Mixin Common common, @Parameters(paramLabel = "NAME") String name) {
        ProfileStore profiles = common.surroundings().profiles();
        profiles.use(name);
        return common.print(all(profiles));
    }

    @Command(name = "remove", description = "Forget a profile and its token.")
    int remove(@Mixin Common common, @Parameters(paramLabel = "NAME") String name) {
        ProfileStore profiles = common.surroundings().profiles();
        profiles.remove(name);
        return common.print(all(profiles));
    }

    private static Answer all(ProfileStore profiles) {
        ArrayNode list = Json.array();
        String current = profiles.currentName().orElse("");
        for (String name : profiles.names()) {
            Profile profile = profiles.get(name);
            list.add(Json.object()
                    .put("name", name)
                    .put("server", profile.server().toString())
                    .put("in_use", name.equals(current)));
        }
        JsonNode json = Json.object().set("profiles", list);
        return Answer.many(
                json,
                "profiles",
                Column.text("name", "name"),
                Column.text("server", "server"),
                Column.text("in use", "in_use"));
    }
}
