package io.sluice.sharing.recipient;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recipient as its managers see it.
 *
 * @param activationLink only in the answer that made it: afterwards nobody knows it but its holder
 */
public record RecipientView(Recipient recipient, List<RecipientToken> tokens, Optional<String> activationLink) {
    public RecipientView {
        tokens = List.copyOf(tokens);
    }

    /** When access ends, if it does: that of the token in force, else of the recipient itself. */
    public Optional<Instant> expiresAt() {
        return recipient.admission().type().isActivated()
                ? tokens.stream()
                        .filter(token -> !token.isSuperseded())
                        .map(RecipientToken::expiresAt)
                        .findFirst()
                : recipient.admission().until();
    }

    public boolean isActivated() {
        return tokens.stream().anyMatch(RecipientToken::isActivated);
    }
}
