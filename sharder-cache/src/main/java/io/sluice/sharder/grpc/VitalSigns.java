package io.sluice.sharder.grpc;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.load.LoadMeter;
import io.sluice.sharder.load.LoadReport;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.load.Vitals;
import io.sluice.sharder.watch.Upstream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures what the pod serves and adds it to a heartbeat a second. Confined to the slicelet's loop, but for the meter and
 * for who was reached. */
public final class VitalSigns {
    /** A request is a unit. */
    private static final int UNIT = 1;

    private static final int STRIPES = 8;
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private final PodTraits traits;
    private final LoadMeter meter;
    private final Unreached unreached = new Unreached();
    private long measuredNanos;

    public VitalSigns(PodTraits traits, long nowNanos) {
        this.traits = traits;
        this.meter = new LoadMeter(UNIT, STRIPES, nowNanos);
        this.measuredNanos = nowNanos - EVERY_NANOS;
    }

    public LoadMeter meter() {
        return meter;
    }

    /** Whether the pod of that name or address let this one connect. */
    void reached(String pod, boolean didConnect, long nowNanos) {
        if (didConnect) unreached.succeeded(pod);
        else unreached.failed(pod, nowNanos);
    }

    /** The message itself, unless it is a heartbeat and a second has gone by. */
    public Upstream addTo(Upstream message, Assignment map, long nowNanos) {
        if (!(message instanceof Upstream.Heartbeat heartbeat) || nowNanos - measuredNanos < EVERY_NANOS)
            return message;
        measuredNanos = nowNanos;
        LoadReport load = meter.report(nowNanos, servedBy(heartbeat.pod(), map));
        return heartbeat.with(new Vitals(traits, load, unreached.pods(nowNanos)));
    }

    private static List<Slice> servedBy(Resource pod, Assignment map) {
        return map.tenures().stream()
                .filter(t -> t.isHeldBy(pod) || t.replicas().contains(pod))
                .map(t -> t.slice())
                .toList();
    }
}
