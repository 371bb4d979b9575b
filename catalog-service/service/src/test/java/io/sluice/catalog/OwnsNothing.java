package io.sluice.catalog;

import io.sluice.model.work.Territory;
import java.net.URI;

/** A pod to which nothing is assigned. */
final class OwnsNothing implements Estate {
    @Override
    public Claim claim(Territory territory) {
        return Claim.theirs(URI.create("http://127.0.0.1:1"));
    }

    @Override
    public WritePermit permit(Territory territory) {
        throw claim(territory).refusal(territory);
    }
}
