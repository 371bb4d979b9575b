package io.sluice.lake.place;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code container@account.dfs.core.windows.net}, which may say {@code blob} for {@code dfs}. */
public record AzureAuthority(String container, String account) {
    private static final Pattern SPELLING =
            Pattern.compile("([a-z0-9$-]+)@([a-z0-9]+)\\.(?:dfs|blob)\\.core\\.windows\\.net");

    /** Of a location that is known to be of Azure's. */
    public static AzureAuthority of(URI location) {
        return parse(String.valueOf(location.getAuthority()));
    }

    static AzureAuthority parse(String authority) {
        return find(authority)
                .orElseThrow(() -> new IllegalArgumentException("no container and account: " + authority));
    }

    static Optional<AzureAuthority> find(String authority) {
        Matcher matcher = SPELLING.matcher(authority.toLowerCase(Locale.ROOT));
        return matcher.matches()
                ? Optional.of(new AzureAuthority(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** In one spelling. */
    @Override
    public String toString() {
        return container + "@" + account + ".dfs.core.windows.net";
    }
}
