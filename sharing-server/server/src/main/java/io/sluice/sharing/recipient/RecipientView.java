package io.sluice.sharing.recipient;

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

    public boolean isActivated() {
        return tokens.stream().anyMatch(RecipientToken::isActivated);
    }
}
