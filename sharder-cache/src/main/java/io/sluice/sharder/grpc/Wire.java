package io.sluice.sharder.grpc;

import io.sluice.sharder.Target;
import io.sluice.sharder.codec.MapCodec;
import io.sluice.sharder.codec.VitalsCodec;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.wire.AnswerP;
import io.sluice.sharder.wire.DownstreamP;
import io.sluice.sharder.wire.GoodbyeP;
import io.sluice.sharder.wire.HeartbeatP;
import io.sluice.sharder.wire.HelloP;
import io.sluice.sharder.wire.SnapshotWantedP;
import io.sluice.sharder.wire.UpstreamP;
import java.util.Optional;

/** Our words in protobuf and back. Throws {@link IllegalArgumentException} on what no peer of ours would send. */
final class Wire {
    private Wire() {}

    static UpstreamP encode(Upstream message, Target target, String subscriber) {
        UpstreamP.Builder up = UpstreamP.newBuilder();
        if (message instanceof Upstream.Hello hello)
            up.setHello(HelloP.newBuilder()
                    .setTarget(target.name())
                    .setSubscriber(subscriber)
                    .setKnown(MapCodec.encode(hello.known()))
                    .setKnownChecksum(hello.knownChecksum()));
        else if (message instanceof Upstream.Heartbeat heartbeat) up.setHeartbeat(encode(heartbeat));
        else if (message instanceof Upstream.Goodbye goodbye)
            up.setGoodbye(GoodbyeP.newBuilder().setPod(MapCodec.encode(goodbye.pod())));
        else up.setSnapshotWanted(SnapshotWantedP.getDefaultInstance());
        return up.build();
    }

    static Upstream decode(UpstreamP up) {
        return switch (up.getMessageCase()) {
            case HELLO ->
                new Upstream.Hello(
                        MapCodec.decode(up.getHello().getKnown()), up.getHello().getKnownChecksum());
            case HEARTBEAT -> decode(up.getHeartbeat());
            case GOODBYE -> new Upstream.Goodbye(MapCodec.decode(up.getGoodbye().getPod()));
            case SNAPSHOT_WANTED -> new Upstream.SnapshotWanted();
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("the caller sent a message without content");
        };
    }

    private static HeartbeatP encode(Upstream.Heartbeat heartbeat) {
        HeartbeatP.Builder beat = HeartbeatP.newBuilder()
                .setPod(MapCodec.encode(heartbeat.pod()))
                .setSequence(heartbeat.sequence())
                .setKnown(MapCodec.encode(heartbeat.known()))
                .setUnprepared(MapCodec.encode(heartbeat.unprepared()));
        heartbeat.vitals().ifPresent(vitals -> beat.setVitals(VitalsCodec.encode(vitals)));
        return beat.build();
    }

    private static Upstream.Heartbeat decode(HeartbeatP beat) {
        return new Upstream.Heartbeat(
                MapCodec.decode(beat.getPod()),
                beat.getSequence(),
                MapCodec.decode(beat.getKnown()),
                MapCodec.decode(beat.getUnprepared()),
                beat.hasVitals() ? Optional.of(VitalsCodec.decode(beat.getVitals())) : Optional.empty());
    }

    static DownstreamP encode(Downstream message) {
        DownstreamP.Builder down = DownstreamP.newBuilder();
        if (message instanceof Downstream.Snapshot snapshot) down.setSnapshot(MapCodec.encode(snapshot.assignment()));
        else if (message instanceof Downstream.Difference difference) down.setDiff(MapCodec.encode(difference.diff()));
        else if (message instanceof Downstream.Answer answer)
            down.setAnswer(AnswerP.newBuilder().setSequence(answer.sequence()).setSent(MapCodec.encode(answer.sent())));
        return down.build();
    }

    static Downstream decode(DownstreamP down) {
        return switch (down.getMessageCase()) {
            case SNAPSHOT -> new Downstream.Snapshot(MapCodec.decode(down.getSnapshot()));
            case DIFF -> new Downstream.Difference(MapCodec.decode(down.getDiff()));
            case ANSWER ->
                new Downstream.Answer(
                        down.getAnswer().getSequence(),
                        MapCodec.decode(down.getAnswer().getSent()));
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("the assigner sent a message without content");
        };
    }
}
