package io.sluice.sharder.grpc;

import io.grpc.Status;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Target;
import io.sluice.sharder.watch.Upstream;

/** Passes on to clerks what a slicelet has learnt. Pods cannot join here. */
final class Relay {
    private static final Status NOT_THE_ASSIGNER = Status.FAILED_PRECONDITION.withDescription(
            "this is a slicelet; it only passes assignments on. Send heartbeats to the assigner.");

    private final WatchService service;

    Relay(Target target, EventLoop loop) {
        this.service = new WatchService(target, loop, new NoMembers());
    }

    WatchService service() {
        return service;
    }

    /** Requires to be called on the loop. */
    void publish(Assignment assignment) {
        service.publish(assignment);
    }

    private static final class NoMembers implements Membership {
        @Override
        public void heard(Subscription from, Upstream.Heartbeat heartbeat) {
            from.end(NOT_THE_ASSIGNER);
        }

        @Override
        public void left(Subscription from, Upstream.Goodbye goodbye) {
            from.end(NOT_THE_ASSIGNER);
        }

        @Override
        public void vanished(Subscription from) {
            // Nobody is a member here.
        }
    }
}
