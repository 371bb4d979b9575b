package io.sluice.server.observe;

import jakarta.inject.Singleton;

/** Whether this pod wants requests: from the end of its first steps until it is told to stop. */
@Singleton
public final class ServingState {
    private volatile boolean isServing;

    public void serving() {
        isServing = true;
    }

    public void stopping() {
        isServing = false;
    }

    public boolean isServing() {
        return isServing;
    }
}
