package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.store.MapChange;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.ShardStore;

/** What the driver of an assigner must do, in the order given. */
public sealed interface AssignerAction {
    /** Bring all subscribers to this assignment. */
    record Publish(Assignment assignment) implements AssignerAction {}

    /** Answer a heartbeat. */
    record Answer(Resource pod, long sequence) implements AssignerAction {}

    /** Another assigner has taken over. */
    record Resign() implements AssignerAction {}

    /** Something to ask of the store. */
    sealed interface Question extends AssignerAction {
        /** What to tell the machine when the store has answered. */
        AssignerEvent ask(ShardStore store);

        /** What to tell it when the store did not. */
        AssignerEvent lost();
    }

    record ReadRoll() implements Question {
        @Override
        public AssignerEvent ask(ShardStore store) {
            return new AssignerEvent.RollRead(store.roll());
        }

        @Override
        public AssignerEvent lost() {
            return new AssignerEvent.RollLost();
        }
    }

    record Commit(MapChange change) implements Question {
        @Override
        public AssignerEvent ask(ShardStore store) {
            return new AssignerEvent.Committed(store.commit(change));
        }

        @Override
        public AssignerEvent lost() {
            return new AssignerEvent.CommitLost();
        }
    }

    /** The map in the store is not what we believe. */
    record ReadMap() implements Question {
        @Override
        public AssignerEvent ask(ShardStore store) {
            return new AssignerEvent.MapRead(store.map());
        }

        @Override
        public AssignerEvent lost() {
            return new AssignerEvent.MapLost();
        }
    }

    /** The pod has not been seen for long and is on no map. */
    record Forget(PodLease lease) implements Question {
        @Override
        public AssignerEvent ask(ShardStore store) {
            store.forget(lease);
            return new AssignerEvent.Noted();
        }

        /** If it is still on the roll, it will be forgotten another time. */
        @Override
        public AssignerEvent lost() {
            return new AssignerEvent.Noted();
        }
    }

    /** The platform has told the pod to end: its slices should move while it can still hand on their state. */
    record Drain(Resource pod) implements Question {
        @Override
        public AssignerEvent ask(ShardStore store) {
            store.drain(pod.name(), true);
            return new AssignerEvent.Noted();
        }

        /** As long as it is seen to end and on the roll as one that stays, it is asked for again. */
        @Override
        public AssignerEvent lost() {
            return new AssignerEvent.Noted();
        }
    }
}
