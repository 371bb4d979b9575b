package io.sluice.cli.command;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.setting.Profile;
import io.sluice.cli.setting.Settings;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "login",
        description = {
            "Keep a server and a token as a profile, and use it from now on.",
            "The token is read from standard input (sluice login < admin.token), or asked for on a terminal."
        })
public final class LoginCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "default", description = "Default: default.")
    private String name = "default";

    @Override
    public Integer call() {
        Surroundings surroundings = common.surroundings();
        Settings place = common.settings();
        Settings tried = new Settings(place.server(), Optional.of(Settings.checkedToken(readToken(surroundings))));
        // A token that does not work is not worth keeping.
        new SluiceServer(tried).get(Route.catalog("catalogs").with("max_results", 1));
        surroundings
                .profiles()
                .save(new Profile(name, tried.server(), tried.token().orElseThrow()));
        surroundings.profiles().use(name);
        return common.print(Answer.one(
                Json.object().put("profile", name).put("server", tried.server().toString()),
                Column.text("profile", "profile"),
                Column.text("server", "server")));
    }

    private static String readToken(Surroundings surroundings) {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("Token: ");
            return typed == null ? "" : new String(typed).strip();
        }
        try {
            String line = surroundings.in().readLine();
            if (line == null)
                throw CommandFailure.usage("No token on standard input. Pass it as in: sluice login < admin.token");
            return line.strip();
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILURE, "Standard input cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
