package io.sluice.sharing.recipient;

import io.sluice.sharing.Authorship;
import java.util.Map;
import java.util.Optional;

/** What to change of a recipient; what is empty stays. An empty comment text removes the comment. */
public record RecipientPatch(
        Optional<RecipientName> newName,
        Optional<String> owner,
        Optional<String> comment,
        Optional<String> metastore,
        Optional<Map<String, String>> properties) {

    Recipient applyTo(Recipient recipient, Authorship authorship) {
        return new Recipient(
                recipient.id(),
                newName.orElse(recipient.name()),
                owner.orElse(recipient.owner()),
                comment.isPresent() ? comment.filter(text -> !text.isEmpty()) : recipient.comment(),
                metastore.isPresent() ? metastore.filter(text -> !text.isEmpty()) : recipient.metastore(),
                properties.orElse(recipient.properties()),
                authorship);
    }
}
