package io.sluice.sharing.recipient;

import java.time.Instant;
import java.util.Optional;

/**
 * How, from where and until when a recipient is let in.
 *
 * @param until of those who have no token; a token carries its own end
 */
public record Admission(AuthenticationType type, IpAccessList addresses, Optional<Instant> until) {
    /** By a token with the usual life, from everywhere. */
    public static final Admission BY_TOKEN =
            new Admission(AuthenticationType.TOKEN, IpAccessList.EVERYWHERE, Optional.empty());
}
