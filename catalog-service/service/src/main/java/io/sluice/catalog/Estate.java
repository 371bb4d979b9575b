package io.sluice.catalog;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.Territory;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which territories this pod answers for. With one pod that is everything; with several, the sharder says so and the
 * database checks it again at each write.
 */
public interface Estate {
    /** Answers from memory, at once. */
    Claim claim(Territory territory);

    /**
     * Called inside the transaction of each write. Throws {@code UNAVAILABLE} when the territory has a new owner, and
     * keeps a new owner from taking over until the transaction has ended.
     */
    void guard(Connection connection, Territory territory) throws SQLException;

    /** @param tenure grows each time the territory comes back to this pod after somebody else may have written */
    record Claim(Standing standing, long tenure, Optional<URI> owner) {
        public static Claim ours(long tenure) {
            return new Claim(Standing.OURS, tenure, Optional.empty());
        }

        public static Claim theirs(URI owner) {
            return new Claim(Standing.THEIRS, 0, Optional.of(owner));
        }

        public static Claim nobodys() {
            return new Claim(Standing.NOBODYS, 0, Optional.empty());
        }

        public boolean isOurs() {
            return standing == Standing.OURS;
        }
    }

    enum Standing {
        OURS,
        THEIRS,
        NOBODYS
    }

    /** Throws {@link WrongPodException} when another pod answers for the territory. */
    default Claim requireOurs(Territory territory) {
        Claim claim = claim(territory);
        return switch (claim.standing()) {
            case OURS -> claim;
            case THEIRS -> throw new WrongPodException(claim.owner().orElseThrow());
            case NOBODYS ->
                throw Failure.unavailable(
                        null, "No pod answers for %s right now. Try again in a few seconds.", territory);
        };
    }

    /** One pod that owns everything. */
    Estate WHOLE = new Estate() {
        private final Claim always = Claim.ours(1);

        @Override
        public Claim claim(Territory territory) {
            return always;
        }

        @Override
        public void guard(Connection connection, Territory territory) {}
    };
}
