package io.sluice.catalog.store;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the metadata lives: {@code sqlite:FILE} or {@code postgresql://[user[:password]@]host[:port]/database}. */
public sealed interface StoreUrl {
    record Sqlite(Path file) implements StoreUrl {
        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /** The JDBC URL without credentials, so that it can be shown. */
    record Postgres(
            String jdbcUrl, @Nullable String user, @Nullable String password) implements StoreUrl {
        @Override
        public String toString() {
            return jdbcUrl;
        }
    }

    static StoreUrl parse(String text) {
        if (text.startsWith("sqlite:")) {
            String file = text.substring("sqlite:".length());
            if (file.isBlank()) throw unreadable("sqlite: without a file");
            return new Sqlite(Path.of(file).toAbsolutePath());
        }
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) return postgres(text);
        throw unreadable(text.split(":", 2)[0] + ":…");
    }

    private static StoreUrl postgres(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2)
            throw unreadable("postgresql:// without host or database");

        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String jdbcUrl = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + options;

        String[] login = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new Postgres(
                jdbcUrl, login.length > 0 ? decoded(login[0]) : null, login.length > 1 ? decoded(login[1]) : null);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private static Failure unreadable(String found) {
        return Failure.invalid(
                "sluice.store is %s. Write sqlite:FILE or postgresql://user:password@host:port/database.", found);
    }
}
