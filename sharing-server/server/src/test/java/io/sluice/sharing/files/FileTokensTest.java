package io.sluice.sharing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.share.ShareId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileTokensTest {
    private static final FileGrant GRANT = new FileGrant(
            new RecipientId("r"),
            new ShareId("s"),
            "o",
            new StoredTable("t", URI.create("s3://bucket/ä%20b"), Optional.of("scope")),
            "day=1/ä b.parquet",
            123,
            List.of(new KeyEpoch("scope", 7), new KeyEpoch("copy", 8)),
            Instant.parse("2026-03-01T12:00:00Z"));

    private final FileTokens tokens = new FileTokens(new byte[32]);

    @Test
    void aTokenGivesTheGrantBackAndFitsIntoAUrl() {
        String token = tokens.issue(GRANT);

        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(tokens.verify(token)).isEqualTo(GRANT);
    }

    @Test
    void everyFlippedBitIsRefused() {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.issue(GRANT));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(altered));
        }
    }

    @Test
    void everyChangedCharacterIsRefused() {
        // The last character of base64 has unused bits; a lenient reader would take several spellings for one token.
        String token = tokens.issue(GRANT);
        for (int i = 0; i < token.length(); i++)
            for (char other : "AQgw_-=.+/ ".toCharArray())
                if (token.charAt(i) != other) assertRefused(token.substring(0, i) + other + token.substring(i + 1));
        for (int length = 0; length < token.length(); length++) assertRefused(token.substring(0, length));
        assertRefused(token + "=");
        assertRefused(token + "A");
        assertRefused("A".repeat(100_000));
    }

    @Test
    void aTokenOfAnotherSecretIsRefused() {
        byte[] other = new byte[32];
        other[31] = 1;

        assertRefused(new FileTokens(other).issue(GRANT));
        assertThatThrownBy(() -> new FileTokens(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void grantsThatDifferInAnyFieldHaveDifferentTokens() {
        StoredTable table = GRANT.table();
        List<FileGrant> grants = new ArrayList<>(List.of(GRANT));
        grants.add(with(new RecipientId("rs"), new ShareId(""), table, GRANT.key(), 123, GRANT.keys(), 0));
        grants.add(with(GRANT.recipient(), new ShareId("x"), table, GRANT.key(), 123, GRANT.keys(), 0));
        grants.add(with(
                GRANT.recipient(),
                GRANT.share(),
                new StoredTable("t", table.location(), Optional.empty()),
                GRANT.key(),
                123,
                GRANT.keys(),
                0));
        grants.add(with(GRANT.recipient(), GRANT.share(), table, "other", 123, GRANT.keys(), 0));
        grants.add(with(GRANT.recipient(), GRANT.share(), table, GRANT.key(), 124, GRANT.keys(), 0));
        grants.add(with(GRANT.recipient(), GRANT.share(), table, GRANT.key(), 123, List.of(), 0));
        grants.add(with(GRANT.recipient(), GRANT.share(), table, GRANT.key(), 123, GRANT.keys(), 1));

        Set<String> distinct = new HashSet<>();
        grants.forEach(grant -> distinct.add(tokens.issue(grant)));

        assertThat(distinct).hasSize(grants.size());
    }

    private static FileGrant with(
            RecipientId recipient,
            ShareId share,
            StoredTable table,
            String key,
            long size,
            List<KeyEpoch> keys,
            long laterMillis) {
        return new FileGrant(
                recipient, share, "o", table, key, size, keys, GRANT.expiresAt().plusMillis(laterMillis));
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> tokens.verify(token))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DENIED));
    }
}
