package io.sluice.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What goes wrong, and how often. Everything stops when the world is healed. */
final class Faults {
    private final SplittableRandom random;
    private final Set<SimulatedPod> cutOff = new HashSet<>();
    private final Set<Object> cutOffFromStore = new HashSet<>();
    private boolean storeAway;
    private boolean healed;
    private int count;

    Faults(SplittableRandom random) {
        this.random = random;
    }

    double lossRate() {
        return healed ? 0 : 0.02;
    }

    long longestDelayNanos() {
        // Mostly a fast network, now and then one as slow as a lease is long.
        boolean slow = !healed && random.nextInt(200) == 0;
        return slow ? TimeUnit.SECONDS.toNanos(4) : TimeUnit.MILLISECONDS.toNanos(5);
    }

    long delayNanos() {
        return TimeUnit.MICROSECONDS.toNanos(200) + random.nextLong(longestDelayNanos());
    }

    boolean isLost() {
        return random.nextDouble() < lossRate();
    }

    boolean isCutOff(SimulatedPod pod) {
        return cutOff.contains(pod);
    }

    void cutOff(SimulatedPod pod) {
        cutOff.add(pod);
    }

    void reconnect(SimulatedPod pod) {
        cutOff.remove(pod);
    }

    boolean isCutOffFromStore(Object caller) {
        return cutOffFromStore.contains(caller);
    }

    void cutOffFromStore(Object caller) {
        cutOffFromStore.add(caller);
    }

    void reconnectToStore(Object caller) {
        cutOffFromStore.remove(caller);
    }

    boolean isStoreAway() {
        return storeAway;
    }

    void storeIsAway(boolean away) {
        storeAway = away;
    }

    void heal() {
        healed = true;
        storeAway = false;
        cutOff.clear();
        cutOffFromStore.clear();
    }

    boolean isHealed() {
        return healed;
    }

    void counted() {
        count++;
    }

    int count() {
        return count;
    }
}
