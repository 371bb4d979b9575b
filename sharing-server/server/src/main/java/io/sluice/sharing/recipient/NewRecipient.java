package io.sluice.sharing.recipient;

import java.util.Map;
import java.util.Optional;

/**
 * @param owner the caller, unless given
 * @param admission its end is 90 days from now where there is a token, unless given
 */
public record NewRecipient(
        RecipientName name,
        Optional<String> owner,
        Optional<String> comment,
        Optional<String> metastore,
        Map<String, String> properties,
        Admission admission) {}
