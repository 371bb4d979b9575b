package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.store.AzureConnection.Credentials;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our signatures next to those of the SDK. That a service takes them is shown in {@link AzureObjectStoreTest}. */
final class AzureUrlSignerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final byte[] KEY = "a secret of some length".getBytes();
    private static final Credentials ACCOUNT_KEY =
            new Credentials.AccountKey(Base64.getEncoder().encodeToString(KEY));
    private static final List<String> ODD_KEYS =
            List.of("plain.parquet", "day=2026-01-01/part 0.parquet", "a+b&c=d?e#f%20g", "é/数/\uFF5E.txt");

    @Test
    void anAccountsKeySignsAsInTheSdk() {
        AzureConnection connection = connection(ACCOUNT_KEY);
        UrlSigner ours = AzureUrlSigner.byAccountKey(place(""), NOON, KEY);

        for (String key : ODD_KEYS) {
            String theirs = AzureSignatures.forBlob(connection, "box", key, NOON);
            assertThat(query(ours.url(key))).isEqualTo(query("?" + theirs));
            assertThat(ours.url(key))
                    .startsWith("https://account.blob.core.windows.net/box/" + PercentEncoding.path(key) + "?");
        }
    }

    @Test
    void anIdentitySignsAsInTheSdk() {
        AzureConnection connection = connection(ACCOUNT_KEY);
        AzureDelegation delegation = delegation(NOON.plus(HOUR));
        UrlSigner ours = AzureUrlSigner.byDelegation(place(""), NOON, delegation);

        for (String key : ODD_KEYS) {
            String theirs = AzureSignatures.forBlob(connection, "box", key, NOON, delegation);
            assertThat(query(ours.url(key))).isEqualTo(query("?" + theirs));
        }
    }

    @Test
    void aFoldersSignerSignsTheSame() {
        UrlSigner whole = AzureUrlSigner.byAccountKey(place("some/prefix/"), NOON, KEY);
        UrlSigner below = whole.below("數/a b");

        for (String key : ODD_KEYS) assertThat(below.url(key)).isEqualTo(whole.url("數/a b/" + key));
    }

    @Test
    void aDelegationIsAskedForOnceAndNoUrlOutlivesIt() {
        AtomicInteger asked = new AtomicInteger();
        AzureUrlSigners signers = new AzureUrlSigners(
                place(""), new Credentials.Identity(() -> new AccessToken("token", NOON)), (start, end) -> {
                    asked.incrementAndGet();
                    return delegation(end);
                });
        UrlSigner first = signers.at(NOON, HOUR).orElseThrow();

        assertThat(signers.at(NOON.plusSeconds(800), HOUR).orElseThrow().url("k"))
                .isEqualTo(first.url("k"));
        signers.at(NOON.plus(Duration.ofHours(11)), HOUR).orElseThrow();
        assertThat(asked).hasValue(1);
        UrlSigner longest = signers.at(NOON, Duration.ofDays(7)).orElseThrow();
        assertThat(longest.expiresAt()).isEqualTo(NOON.plus(Duration.ofDays(7)));
        assertThat(asked).hasValue(2);
    }

    private static AzureDelegation delegation(Instant end) {
        return new AzureDelegation("object-id", "tenant-id", NOON.minus(HOUR), end, "b", "2021-12-02", KEY);
    }

    private static AzureConnection connection(Credentials credentials) {
        return new AzureConnection("account", Optional.empty(), Optional.empty(), credentials);
    }

    private static AzureUrlSigner.Place place(String prefix) {
        return new AzureUrlSigner.Place("account", URI.create("https://account.blob.core.windows.net"), "box", prefix);
    }

    private static Map<String, String> query(String url) {
        return Arrays.stream(url.substring(url.indexOf('?') + 1).split("&"))
                .collect(Collectors.toMap(
                        part -> part.substring(0, part.indexOf('=')), part -> part.substring(part.indexOf('=') + 1)));
    }
}
