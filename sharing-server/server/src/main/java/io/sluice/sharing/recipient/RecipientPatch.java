package io.sluice.sharing.recipient;

import io.sluice.sharing.Authorship;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What to change of a recipient; what is empty stays. An empty comment text removes the comment.
 *
 * @param until the new end of its token, or of its access where there is none; a moment that has passed ends it now
 */
public record RecipientPatch(
        Optional<RecipientName> newName,
        Optional<String> owner,
        Optional<String> comment,
        Optional<String> metastore,
        Optional<Map<String, String>> properties,
        Optional<IpAccessList> addresses,
        Optional<Instant> until) {

    Recipient applyTo(Recipient recipient, Authorship authorship) {
        return new Recipient(
                recipient.id(),
                newName.orElse(recipient.name()),
                owner.orElse(recipient.owner()),
                comment.isPresent() ? comment.filter(text -> !text.isEmpty()) : recipient.comment(),
                metastore.isPresent() ? metastore.filter(text -> !text.isEmpty()) : recipient.metastore(),
                properties.orElse(recipient.properties()),
                admission(recipient.admission()),
                authorship);
    }

    private Admission admission(Admission before) {
        boolean endsByItself = !before.type().isActivated() && until.isPresent();
        return new Admission(
                before.type(), addresses.orElse(before.addresses()), endsByItself ? until : before.until());
    }
}
