package io.sluice.replica.sync;

import io.sluice.lake.store.StoreDeniedException;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.replica.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what {@link SyncMachine} decides, until it says that the sync has ended. Safe for use by many threads. */
public final class SyncRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SyncRunner.class);

    private final SyncPorts ports;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final Pause pause;

    public SyncRunner(SyncPorts ports, SyncSettings settings, InstantSource clock) {
        this(ports, settings, clock, Pause.SLEEP);
    }

    SyncRunner(SyncPorts ports, SyncSettings settings, InstantSource clock, Pause pause) {
        this.ports = ports;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
    }

    /** Brings a replica up to date. May be run again at any time, also while another process does the same. */
    public SyncOutcome run(Replica replica) {
        SyncMachine machine = new SyncMachine(settings.checkpointEvery());
        SyncSteps steps = new SyncSteps(replica, ports, settings, clock);
        SyncEvent event = new SyncEvent.Started();
        while (true) {
            SyncMachine.Decision decision = machine.on(event, clock.instant());
            if (decision.action() instanceof SyncAction.Finish finish) return finish(replica, steps, finish.outcome());
            if (decision.action() instanceof SyncAction.Fail fail) throw failed(replica, steps, fail.reason());
            pause.until(clock.instant(), decision.notBefore());
            event = attempt(replica, steps, decision.action());
        }
    }

    private static SyncEvent attempt(Replica replica, SyncSteps steps, SyncAction action) {
        try {
            return steps.perform(action);
        } catch (SourceFileGoneException e) {
            return new SyncEvent.SourceMovedOn(e);
        } catch (StoreDeniedException e) {
            return new SyncEvent.Refused(e);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn(
                    "replica {}: {} broke: {}",
                    replica.name(),
                    action.getClass().getSimpleName(),
                    e.toString());
            return new SyncEvent.Broke(e);
        } catch (Failure e) {
            return mayPass(e) ? new SyncEvent.Broke(e) : new SyncEvent.Refused(e);
        } catch (RuntimeException e) {
            return new SyncEvent.Refused(e);
        }
    }

    /** After an unknown outcome the way on is to settle, which looks before anything is tried again. */
    private static boolean mayPass(Failure failure) {
        return failure.kind() == FailureKind.UNAVAILABLE || failure.kind() == FailureKind.UNKNOWN_OUTCOME;
    }

    private static SyncOutcome finish(Replica replica, SyncSteps steps, SyncOutcome outcome) {
        steps.close(outcome);
        if (outcome instanceof SyncOutcome.Synced synced)
            LOG.info(
                    "replica {} holds source version {}: {} moved in {}",
                    replica.name(),
                    synced.sourceVersion(),
                    synced.report().receipt().wire(),
                    synced.report().time());
        return outcome;
    }

    private static RuntimeException failed(Replica replica, SyncSteps steps, Exception reason) {
        try {
            steps.flush();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
        if (reason instanceof RuntimeException unchecked && !(reason instanceof UncheckedIOException)) return unchecked;
        if (reason instanceof StoreDeniedException)
            return Failure.denied(
                    "Replica %s cannot be synced: %s Check the store's credentials.",
                    replica.name(), String.valueOf(reason.getMessage()));
        return Failure.unavailable(
                reason,
                "Replica %s could not be synced now: %s Try again; the sync goes on where it was.",
                replica.name(),
                String.valueOf(reason.getMessage()));
    }
}
