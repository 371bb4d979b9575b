package io.sluice.sharder.slicelet;

import io.sluice.sharder.Generation;
import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.Resource;
import io.sluice.sharder.store.ShardStore;
import io.sluice.sharder.watch.Upstream;

/** What the driver of a slicelet must do, in the order given. */
public sealed interface SliceletAction {
    /** Open a stream to the assigner at this address. */
    record Connect(String assigner) implements SliceletAction {}

    record Disconnect() implements SliceletAction {}

    record Send(Upstream message) implements SliceletAction {}

    /**
     * Tell the listener. What is listed as removed may not be served from this moment on.
     *
     * @param asked to be told when what is coming is prepared for
     */
    record Notify(OwnershipChange change, Generation asked) implements SliceletAction {}

    /** This pod takes no part any more. */
    record Retired(Cause cause) implements SliceletAction {}

    /** Something to ask of the store. */
    sealed interface Question extends SliceletAction {
        /** What to tell the machine when the store has answered. */
        SliceletEvent ask(ShardStore store, Resource self);

        /** What to tell it when the store did not. */
        SliceletEvent lost();
    }

    /** Renew the lease. */
    record Renew(Generation known, boolean leaving) implements Question {
        @Override
        public SliceletEvent ask(ShardStore store, Resource self) {
            return new SliceletEvent.RenewalAnswered(store.renew(self, known, leaving));
        }

        @Override
        public SliceletEvent lost() {
            return new SliceletEvent.RenewalLost();
        }
    }

    /** Read the map: the assigner did not bring it. */
    record ReadMap() implements Question {
        @Override
        public SliceletEvent ask(ShardStore store, Resource self) {
            return new SliceletEvent.MapRead(store.map());
        }

        @Override
        public SliceletEvent lost() {
            return new SliceletEvent.MapLost();
        }
    }

    /** Write down that this pod owns nothing any more. */
    record Leave() implements Question {
        @Override
        public SliceletEvent ask(ShardStore store, Resource self) {
            store.leave(self);
            return new SliceletEvent.Gone();
        }

        /** The lease runs out by itself. */
        @Override
        public SliceletEvent lost() {
            return new SliceletEvent.Gone();
        }
    }

    /** Why a pod takes no part any more. */
    enum Cause {
        /** It said goodbye. */
        LEFT,
        /** Another process has taken its place. */
        SUPERSEDED
    }
}
