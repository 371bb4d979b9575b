package io.sluice.sharder.grpc;

import io.sluice.sharder.watch.Upstream;

/** What a server does with pods that want to take part. Called on its event loop. */
interface Membership {
    void heard(Subscription from, Upstream.Heartbeat heartbeat);

    void left(Subscription from, Upstream.Goodbye goodbye);

    void vanished(Subscription from);
}
