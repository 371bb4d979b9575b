package io.sluice.cli.command;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.setting.Profile;
import io.sluice.cli.setting.ProfileStore;
import io.sluice.cli.setting.Settings;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "logout",
        description = {
            "End the session of a profile and forget the profile.",
            "A personal token is forgotten here and stays good there; end it with: sluice token revoke."
        },
        footer = "Example: sluice logout --name staging")
public final class LogoutCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Option(names = "--name", paramLabel = "NAME", description = "Default: the profile in use.")
    private @Nullable String name;

    @Override
    public Integer call() {
        ProfileStore profiles = common.surroundings().profiles();
        Profile profile = profiles.getOrCurrent(Optional.ofNullable(name));
        endSession(profile);
        profiles.remove(profile.name());
        return common.print(Answer.one(
                Json.object()
                        .put("logged_out", profile.name())
                        .put("server", profile.server().toString()),
                Column.text("logged out", "logged_out"),
                Column.text("server", "server")));
    }

    /** A session that is over already, or that nobody can be told of, must not keep the token on this machine. */
    private void endSession(Profile profile) {
        try {
            new SluiceServer(new Settings(profile.server(), Optional.of(profile.token())))
                    .post(Route.control("auth", "logout"), Json.object());
        } catch (CommandFailure failure) {
            if (failure.exit() != Exit.DENIED)
                common.surroundings()
                        .tell(
                                "The server was not told, so a session may live on: %s",
                                String.valueOf(failure.getMessage()));
        }
    }
}
