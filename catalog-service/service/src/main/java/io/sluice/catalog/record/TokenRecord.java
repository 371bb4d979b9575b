package io.sluice.catalog.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token or secret that was issued. It is itself nowhere: only its SHA-256.
 *
 * @param digest SHA-256 in lower-case hex
 * @param expiresAt epoch milliseconds
 * @param groups which an issuer said the principal is in when the session began
 */
public record TokenRecord(
        String id,
        String digest,
        String principal,
        String comment,
        long createdAt,
        long expiresAt,
        Kind kind,
        List<String> groups) {

    public enum Kind {
        /** Made by a user for a tool of theirs. */
        PERSONAL,
        /** Of a service principal. Opens nothing by itself; it is exchanged for a session. */
        SECRET,
        /** Given in exchange for an issuer's token or for a secret. */
        SESSION
    }

    /** Rows that were written before there were other kinds say neither kind nor groups. */
    public TokenRecord(
            String id,
            String digest,
            String principal,
            String comment,
            long createdAt,
            long expiresAt,
            @Nullable Kind kind,
            @Nullable List<String> groups) {
        this.id = id;
        this.digest = digest;
        this.principal = principal;
        this.comment = comment;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.kind = kind == null ? Kind.PERSONAL : kind;
        this.groups = groups == null ? List.of() : List.copyOf(groups);
    }
}
