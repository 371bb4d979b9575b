package io.sluice.catalog;

import io.sluice.model.work.Territory;
import java.net.URI;
import java.sql.Connection;

/** A pod to which nothing is assigned. */
final class OwnsNothing implements Estate {
    @Override
    public Claim claim(Territory territory) {
        return Claim.theirs(URI.create("http://127.0.0.1:1"));
    }

    @Override
    public void guard(Connection connection, Territory territory) {}
}
