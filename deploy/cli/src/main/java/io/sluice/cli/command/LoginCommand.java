package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.setting.Profile;
import io.sluice.cli.setting.SecretFile;
import io.sluice.cli.setting.Settings;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "login",
        description = {
            "Keep a server and a token as a profile, and use it from now on.",
            "The secret is read from standard input, or asked for on a terminal: a token, or the ID token of your"
                    + " issuer (--id-token-stdin), or a service principal's secret (--client-id)."
        },
        footer = "Example: sluice login --server https://sluice.example.org < admin.token")
public final class LoginCommand implements Callable<Integer> {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    @Mixin
    private Common common = new Common();

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "default", description = "Default: default.")
    private String name = "default";

    @Option(names = "--id-token-stdin", description = "Exchange the ID token on standard input for a session.")
    private boolean idToken;

    @Option(names = "--client-id", paramLabel = "ID", description = "Open a session for this service principal.")
    private @Nullable String clientId;

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description = "Where its secret stands, readable by you alone. Default: standard input.")
    private @Nullable Path secretFile;

    /** What the server is asked with from now on, and for how long where that is known. */
    private record Entry(String token, Optional<Duration> life) {}

    @Override
    public Integer call() {
        if (idToken && clientId != null)
            throw CommandFailure.usage("Say --id-token-stdin or --client-id: a person or a service principal.");
        if (secretFile != null && clientId == null)
            throw CommandFailure.usage("--client-secret-file goes with --client-id. Name the service principal too.");
        // Checked first: a session whose profile cannot be kept would be left open.
        Profile.requireName(name);
        Settings place = common.settings();
        Entry entry = enter(new SluiceServer(new Settings(place.server(), Optional.empty())));
        Settings tried = new Settings(place.server(), Optional.of(Settings.checkedToken(entry.token())));
        // A token that does not work is not worth keeping.
        JsonNode me = new SluiceServer(tried).get(Route.control("scim2", "Me"));
        common.surroundings().profiles().save(new Profile(name, tried.server(), entry.token()));
        common.surroundings().profiles().use(name);
        entry.life()
                .ifPresent(life -> common.surroundings()
                        .tell("This session ends in %d minutes; then log in again.", life.toMinutes()));
        return common.print(Answer.one(
                Json.object()
                        .put("profile", name)
                        .put("server", tried.server().toString())
                        .put("user", me.path("userName").asText()),
                Column.text("profile", "profile"),
                Column.text("server", "server"),
                Column.text("user", "user")));
    }

    private Entry enter(SluiceServer stranger) {
        if (idToken)
            return session(stranger.postForm(
                    Route.control("auth", "tokens"),
                    Map.of(
                            "grant_type", EXCHANGE,
                            "requested_token_type", ACCESS_TOKEN,
                            "subject_token_type", ID_TOKEN,
                            "subject_token", secret("ID token"))));
        if (clientId != null)
            return session(stranger.postForm(
                    Route.CLIENT_CREDENTIALS,
                    Map.of(
                            "grant_type",
                            "client_credentials",
                            "scope",
                            "all-apis",
                            "client_id",
                            clientId,
                            "client_secret",
                            secretFile == null ? secret("Secret") : SecretFile.read(secretFile))));
        return new Entry(secret("Token"), Optional.empty());
    }

    private String secret(String what) {
        return Settings.checkedToken(common.surroundings().readSecret(what));
    }

    private static Entry session(JsonNode answer) {
        return new Entry(
                answer.path("access_token").asText(),
                Optional.of(Duration.ofSeconds(answer.path("expires_in").asLong())));
    }
}
