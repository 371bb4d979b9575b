package io.sluice.sharing.recipient;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * @param owner the caller, unless given
 * @param tokenExpiresAt 90 days from now, unless given
 */
public record NewRecipient(
        RecipientName name,
        Optional<String> owner,
        Optional<String> comment,
        Optional<String> metastore,
        Map<String, String> properties,
        Optional<Instant> tokenExpiresAt) {}
