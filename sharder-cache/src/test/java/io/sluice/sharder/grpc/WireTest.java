package io.sluice.sharder.grpc;

import static io.sluice.sharder.testkit.Maps.generation;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.Target;
import io.sluice.sharder.load.LoadReport;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.load.Vitals;
import io.sluice.sharder.testkit.Maps;
import io.sluice.sharder.testkit.Seeds;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.wire.DiffP;
import io.sluice.sharder.wire.DownstreamP;
import io.sluice.sharder.wire.SnapshotP;
import io.sluice.sharder.wire.TenureP;
import io.sluice.sharder.wire.UpstreamP;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireTest {
    @Test
    void whatIsSentDownArrivesAsItWas() throws InvalidProtocolBufferException {
        Seeds.check(300, random -> {
            assertTravels(new Downstream.Snapshot(Maps.random(random, 1)));
            assertTravels(
                    new Downstream.Difference(AssignmentDiff.between(Maps.random(random, 1), Maps.random(random, 2))));
            assertTravels(new Downstream.Answer(random.nextInt(), generation(3)));
        });
    }

    @Test
    void whatIsSentUpArrivesAsItWas() throws InvalidProtocolBufferException {
        assertTravels(new Upstream.Hello(generation(1), -5));
        assertTravels(new Upstream.Heartbeat(pod("a"), 9, generation(1), generation(1)));
        assertTravels(new Upstream.Heartbeat(pod("a"), 10, generation(1), generation(1))
                .with(new Vitals(PodTraits.ORDINARY, new LoadReport(1, List.of(), List.of()), Set.of("b", "c"))));
        assertTravels(new Upstream.Goodbye(pod("a")));
        assertTravels(new Upstream.SnapshotWanted());
    }

    @Test
    void aDamagedSnapshotIsRefused() {
        SnapshotP good = Wire.encode(new Downstream.Snapshot(Maps.random(new SplittableRandom(1), 1)))
                .getSnapshot();
        SnapshotP damaged = good.toBuilder().setChecksum(good.getChecksum() + 1).build();

        assertThatThrownBy(() -> Wire.decode(
                        DownstreamP.newBuilder().setSnapshot(damaged).build()))
                .hasMessageContaining("checksum");
    }

    @Test
    void nonsenseIsRefusedInWords() {
        DiffP diff =
                DiffP.newBuilder().addChanged(TenureP.newBuilder().setOwner(3)).build();

        assertThatThrownBy(
                        () -> Wire.decode(DownstreamP.newBuilder().setDiff(diff).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names pod 3 of a list of 0");
        assertThatThrownBy(() -> Wire.decode(UpstreamP.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wire.decode(DownstreamP.newBuilder()
                        .setSnapshot(SnapshotP.getDefaultInstance())
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertTravels(Downstream message) throws InvalidProtocolBufferException {
        byte[] bytes = Wire.encode(message).toByteArray();
        assertThat(Wire.decode(DownstreamP.parseFrom(bytes))).isEqualTo(message);
    }

    private static void assertTravels(Upstream message) throws InvalidProtocolBufferException {
        byte[] bytes = Wire.encode(message, new Target("catalog"), "tester").toByteArray();
        assertThat(Wire.decode(UpstreamP.parseFrom(bytes))).isEqualTo(message);
    }
}
