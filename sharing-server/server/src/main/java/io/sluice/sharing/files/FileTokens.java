package io.sluice.sharing.files;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.SignedTokens;

/**
 * Turns grants into tokens that fit into a URL, and back: see {@link SignedTokens}, and {@link GrantCodec} for their
 * bodies. Who decodes one sees where the file lies, as in a presigned URL. Safe for many threads.
 */
public final class FileTokens {
    private final SignedTokens tokens;

    /** @param secret at least 32 random bytes, the same on every pod and after a restart */
    public FileTokens(byte[] secret) {
        this.tokens = new SignedTokens(secret, "file");
    }

    String issue(FileGrant grant) {
        return tokens.issue(GrantCodec.encode(grant));
    }

    /** The grant as it was issued; it may have expired since. Throws a {@code Failure} (denied) for anything else. */
    FileGrant verify(String token) {
        return tokens.open(token).map(GrantCodec::decode).orElseThrow(FileTokens::forged);
    }

    private static Failure forged() {
        return Failure.denied(
                "This file URL is not one of ours, or was altered. Query the table again for fresh URLs.");
    }
}
