package io.sluice.crypto.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.kms.KmsException.Kind;
import io.sluice.crypto.secret.SecretBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKmsTest {
    private static final KeyContext CONTEXT = KeyContext.of("scope", "catalog:finance", "key_id", "k1");

    @TempDir
    Path folder;

    @Test
    void aWrappingOpensOnlyWithItsContextFieldByField() {
        LocalKms kms = new LocalKms(folder);
        String uri = kms.create("finance");
        SecretBytes secret = SecretBytes.random(32);
        byte[] wrapped = kms.wrap(uri, secret, CONTEXT);

        assertThat(kms.unwrap(uri, wrapped, KeyContext.of("key_id", "k1", "scope", "catalog:finance")))
                .isEqualTo(secret);
        assertKind(Kind.CORRUPT, () -> kms.unwrap(uri, wrapped, KeyContext.of("scope", "catalog:finance")));
        assertKind(
                Kind.CORRUPT,
                () -> kms.unwrap(uri, wrapped, KeyContext.of("scope", "catalog:finance", "key_id", "k2")));
        // Lengths stand in front of the texts, so that parts cannot flow into each other.
        assertThat(KeyContext.of("a", "bc").canonicalBytes())
                .isNotEqualTo(KeyContext.of("ab", "c").canonicalBytes());
    }

    @Test
    void aDisabledKeyStaysDisabledOverARestartAndDenies() {
        LocalKms kms = new LocalKms(folder);
        String uri = kms.create("finance");
        byte[] wrapped = kms.wrap(uri, SecretBytes.random(32), CONTEXT);
        kms.disable(uri);

        LocalKms again = new LocalKms(folder);
        assertThat(again.describe(uri)).isEqualTo(KeyService.State.DISABLED);
        assertKind(Kind.DENIED, () -> again.unwrap(uri, wrapped, CONTEXT));
        again.enable(uri);
        assertThat(again.unwrap(uri, wrapped, CONTEXT).length()).isEqualTo(32);
    }

    @Test
    void keysAreFilesForTheirOwnerAlone() throws Exception {
        new LocalKms(folder.resolve("kms")).create("finance");
        Path file = folder.resolve("kms/finance.cmk");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void strangeNamesAndMissingKeysAreDenied() {
        LocalKms kms = new LocalKms(folder);
        assertKind(Kind.DENIED, () -> kms.describe("local-kms://../../etc/passwd"));
        assertKind(Kind.DENIED, () -> kms.describe("local-kms://nobody"));
    }

    private static void assertKind(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
