package io.sluice.catalog;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.Territory;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which territories this pod answers for. With one pod that is everything; with several, the sharder says so and the
 * database checks it again at each write.
 */
public interface Estate {
    /** Answers from memory, at once. */
    Claim claim(Territory territory);

    /**
     * Asked for before each write's transaction. Once it is given no other pod reads the territory from its memory, until
     * it is closed: by then the outcome is known and this pod's own memory has followed.
     *
     * <p>Throws {@link WrongPodException} when another pod answers for the territory.
     */
    WritePermit permit(Territory territory);

    /** To write to one territory, in one transaction. */
    interface WritePermit extends AutoCloseable {
        /**
         * Called inside the transaction. Throws {@code UNAVAILABLE} when the territory has a new owner, and keeps a new
         * owner from taking over until the transaction has ended.
         */
        void check(Connection connection) throws SQLException;

        /** The write may or may not have landed, or may land yet. Nothing is answered from memory until that is known. */
        void doubt();

        @Override
        void close();
    }

    /**
     * @param readers pods beside the owner to which the territory may be lent
     * @param tenure another number each time somebody else may have written since this pod could read from memory
     */
    record Claim(Standing standing, long tenure, Optional<URI> owner, List<URI> readers) {
        public static Claim ours(long tenure) {
            return new Claim(Standing.OURS, tenure, Optional.empty(), List.of());
        }

        public static Claim lent(long tenure, URI owner) {
            return new Claim(Standing.LENT, tenure, Optional.of(owner), List.of());
        }

        public static Claim theirs(URI owner) {
            return theirs(owner, List.of());
        }

        public static Claim theirs(URI owner, List<URI> readers) {
            return new Claim(Standing.THEIRS, 0, Optional.of(owner), readers);
        }

        public static Claim nobodys() {
            return new Claim(Standing.NOBODYS, 0, Optional.empty(), List.of());
        }

        public boolean isOurs() {
            return standing == Standing.OURS;
        }

        /** Whether memory may answer. */
        public boolean isReadable() {
            return standing == Standing.OURS || standing == Standing.LENT;
        }

        /** For whom only the owner will do. */
        public RuntimeException refusal(Territory territory) {
            return refusal(territory, List.of());
        }

        /** For those who only read: other pods may do as well. */
        public RuntimeException refusalToRead(Territory territory) {
            return refusal(territory, readers);
        }

        private RuntimeException refusal(Territory territory, List<URI> others) {
            return owner.<RuntimeException>map(known -> new WrongPodException(known, others))
                    .orElseGet(() -> Failure.unavailable(
                            null, "No pod answers for %s right now. Try again in a few seconds.", territory));
        }
    }

    enum Standing {
        OURS,
        /** Another pod writes, but tells this one before it does. */
        LENT,
        THEIRS,
        NOBODYS
    }

    /** As {@link #claim}, but may wait for a territory that is just changing hands. */
    default Claim settled(Territory territory) {
        return claim(territory);
    }

    /** Throws {@link WrongPodException} when another pod answers for the territory. */
    default Claim requireOurs(Territory territory) {
        Claim claim = settled(territory);
        if (!claim.isOurs()) throw claim.refusal(territory);
        return claim;
    }

    /** As {@link #requireOurs}, for those who only read. */
    default Claim requireReadable(Territory territory) {
        Claim claim = settled(territory);
        if (!claim.isReadable()) throw claim.refusalToRead(territory);
        return claim;
    }

    /** One pod that owns everything. */
    Estate WHOLE = new Estate() {
        private final Claim always = Claim.ours(1);

        @Override
        public Claim claim(Territory territory) {
            return always;
        }

        @Override
        public WritePermit permit(Territory territory) {
            return ALONE;
        }
    };

    /** Where there is nobody else to write or to read. */
    WritePermit ALONE = new WritePermit() {
        @Override
        public void check(Connection connection) {}

        @Override
        public void doubt() {}

        @Override
        public void close() {}
    };
}
