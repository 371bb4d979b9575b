package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.assigner.PodStatus.Standing;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.watch.Upstream;
import java.time.Duration;

/** What the assigner remembers of a pod on the roll. */
final class Member {
    final Resource pod;
    boolean connected;
    PodLease lease;

    /** The last generation that the pod is known to hold. */
    Generation known = Generation.ZERO;

    Generation unprepared = Generation.ZERO;

    /** For how long the store has shown us one and the same renewal. */
    private long unchangedNanos;

    PodTraits traits = PodTraits.ORDINARY;

    private boolean left;

    /** Whether its end has been noticed since it was last alive. */
    private boolean isMourned;

    Member(PodLease lease) {
        this.pod = lease.pod();
        this.lease = lease;
        this.known = lease.known();
    }

    /**
     * @param sinceLastReadNanos how much of the time since the last look at the store may be counted
     * @return whether that was news of its progress
     */
    boolean read(PodLease read, long sinceLastReadNanos) {
        boolean isNews = read.standing() != lease.standing();
        unchangedNanos = read.renewals() == lease.renewals() ? unchangedNanos + sinceLastReadNanos : 0;
        lease = read;
        return confirm(read.known()) || isNews;
    }

    /** @return whether that was news of its progress */
    boolean hears(Upstream.Heartbeat heartbeat) {
        connected = true;
        heartbeat.vitals().ifPresent(vitals -> traits = vitals.traits());
        boolean isNews = !unprepared.equals(heartbeat.unprepared());
        unprepared = heartbeat.unprepared();
        return confirm(heartbeat.known()) || isNews;
    }

    private boolean confirm(Generation generation) {
        if (!known.isBefore(generation)) return false;
        known = generation;
        return true;
    }

    void left() {
        left = true;
    }

    /** It turned out to have renewed its lease. */
    void lives() {
        unchangedNanos = 0;
    }

    boolean isExpired(LeaseTerms terms) {
        return unchangedNanos >= terms.grantedNanos();
    }

    /** Whether nobody meant it to end. */
    boolean isMissed() {
        return !isMourned && !hasLeft() && lease.standing() == PodLease.Standing.SERVING;
    }

    /** True once for each time that its lease runs out. */
    boolean isLostAnew(LeaseTerms terms) {
        boolean isAnew = isExpired(terms) && isMissed();
        isMourned = isExpired(terms);
        return isAnew;
    }

    /** Whether it has been away for so long that nobody will ask for it again. */
    boolean isForgotten(LeaseTerms terms) {
        return unchangedNanos >= terms.grantedNanos() * 20;
    }

    boolean hasLeft() {
        return left || lease.standing() == PodLease.Standing.LEFT;
    }

    /**
     * Whether slices may be given to it. It need not hold our map yet: until it does, it is neither prepared nor are its
     * renewals granted.
     */
    boolean takesSlices(LeaseTerms terms) {
        return lease.standing() == PodLease.Standing.SERVING && isAlive(terms);
    }

    /** Whether it serves what it has, though it may want no more. */
    boolean isAlive(LeaseTerms terms) {
        return !hasLeft() && !isExpired(terms);
    }

    boolean isPrepared(Generation asked) {
        return !known.isBefore(asked) && (unprepared.equals(Generation.ZERO) || asked.isBefore(unprepared));
    }

    PodStatus status(LeaseTerms terms) {
        Duration left = Duration.ofNanos(Math.max(0, terms.grantedNanos() - unchangedNanos));
        return new PodStatus(pod, standing(terms), left, known, connected);
    }

    private Standing standing(LeaseTerms terms) {
        if (hasLeft()) return Standing.LEFT;
        if (isExpired(terms)) return Standing.LOST;
        return switch (lease.standing()) {
            case LEAVING -> Standing.LEAVING;
            case DRAINED -> Standing.DRAINED;
            case LEFT -> Standing.LEFT;
            case SERVING -> known.equals(Generation.ZERO) ? Standing.JOINING : Standing.SERVING;
        };
    }
}
