package io.sluice.sharing.rest;

import io.sluice.sharing.query.RecipientAuthentication;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientLimits;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Lets recipients in: those who show who they are, each when it is their turn, until their answer is read or dropped. */
public final class RecipientDoor {
    private final RecipientAuthentication authentication;
    private final RecipientLimits limits;

    public RecipientDoor(RecipientAuthentication authentication, RecipientLimits limits) {
        this.authentication = authentication;
        this.limits = limits;
    }

    /** @param authorization the header of that name */
    Recipient enter(Optional<String> authorization, RoutingContext routing) {
        Recipient recipient = authentication.authenticate(authorization);
        RecipientLimits.Visit visit = limits.enter(recipient.id());
        routing.addEndHandler(end -> visit.close());
        return recipient;
    }
}
