package io.sluice.sharing.share;

import io.sluice.sharing.recipient.RecipientName;

/** Gives SELECT on a share to a recipient, or takes it. */
public record PermissionChange(RecipientName recipient, Kind kind) {
    public enum Kind {
        GRANT,
        REVOKE
    }
}
