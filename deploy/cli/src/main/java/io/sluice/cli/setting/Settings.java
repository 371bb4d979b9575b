package io.sluice.cli.setting;

import io.sluice.cli.exit.CommandFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where to go and as whom. A flag beats the environment, which beats the profile. A profile's token is sent only to the
 * profile's own server: pointing {@code --server} elsewhere must not hand the token to a stranger.
 */
public record Settings(URI server, Optional<String> token) {
    public static final String SERVER_VARIABLE = "SLUICE_SERVER";
    public static final String TOKEN_VARIABLE = "SLUICE_TOKEN";
    public static final URI DEFAULT_SERVER = URI.create("http://127.0.0.1:8080");

    public static Settings resolve(
            Optional<String> serverFlag,
            Optional<String> profileFlag,
            Map<String, String> environment,
            ProfileStore profiles) {
        Optional<Profile> profile = profileFlag.isPresent() ? profileFlag.map(profiles::get) : profiles.current();
        URI server = serverFlag
                .or(() -> variable(environment, SERVER_VARIABLE, profileFlag))
                .map(Settings::parseServer)
                .or(() -> profile.map(Profile::server))
                .orElse(DEFAULT_SERVER);
        Optional<String> token = variable(environment, TOKEN_VARIABLE, profileFlag)
                .or(() -> profile.filter(found -> found.isFor(server)).map(Profile::token))
                .map(Settings::checkedToken);
        return new Settings(server, token);
    }

    /** Refuses what no header can carry, without repeating it: the JDK would print the value in its complaint. */
    public static String checkedToken(String token) {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127))
            throw CommandFailure.usage(
                    "The token is empty or holds a blank, a line break or a letter outside ASCII. Pass it as it was given.");
        return token;
    }

    /** {@code --profile} is a flag too: whoever names a profile wants it whole, whatever the shell has exported. */
    private static Optional<String> variable(
            Map<String, String> environment, String name, Optional<String> profileFlag) {
        if (profileFlag.isPresent()) return Optional.empty();
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(Predicate.not(String::isEmpty));
    }

    /** Reads {@code http://host:port}; a path or a trailing slash is allowed and the slash dropped. */
    public static URI parseServer(String text) {
        try {
            URI uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) return uri;
        } catch (URISyntaxException notAnAddress) {
            // Refused below, with the same words.
        }
        throw CommandFailure.usage(
                "\"%s\" is not a server's address. Write it as in http://127.0.0.1:8080, without a token in it.", text);
    }

    @Override
    public String toString() {
        return server + (token.isPresent() ? " with a token" : " without a token");
    }
}
