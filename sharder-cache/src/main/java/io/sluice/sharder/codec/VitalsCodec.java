package io.sluice.sharder.codec;

import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import io.sluice.sharder.load.LoadReport;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.load.SliceRates;
import io.sluice.sharder.load.Vitals;
import io.sluice.sharder.wire.HotKeyP;
import io.sluice.sharder.wire.SliceRatesP;
import io.sluice.sharder.wire.VitalsP;
import java.util.Optional;
import java.util.Set;

/** What pods measure, in protobuf and back. */
public final class VitalsCodec {
    private VitalsCodec() {}

    public static VitalsP encode(Vitals vitals) {
        return VitalsP.newBuilder()
                .setZone(vitals.traits().zone())
                .setCapacity(vitals.traits().capacity())
                .setByteLimit(vitals.traits().byteLimit())
                .setUnit(vitals.load().unit())
                .addAllSlices(
                        vitals.load().slices().stream().map(VitalsCodec::encode).toList())
                .addAllTopKeys(vitals.load().topKeys().stream()
                        .map(VitalsCodec::encode)
                        .toList())
                .addAllUnreachable(vitals.unreachable())
                .build();
    }

    public static Vitals decode(VitalsP vitals) {
        return new Vitals(
                new PodTraits(vitals.getZone(), vitals.getCapacity(), vitals.getByteLimit()),
                new LoadReport(
                        vitals.getUnit(),
                        vitals.getSlicesList().stream().map(VitalsCodec::decode).toList(),
                        vitals.getTopKeysList().stream()
                                .map(VitalsCodec::decode)
                                .toList()),
                Set.copyOf(vitals.getUnreachableList()));
    }

    private static SliceRatesP encode(SliceRates rates) {
        SliceRatesP.Builder encoded = SliceRatesP.newBuilder()
                .setLow(rates.slice().low().bits())
                .setHigh(rates.slice().high().map(SliceKey::bits).orElse(0L))
                .setFast(rates.fast())
                .setSlow(rates.slow())
                .setWritesPerSecond(rates.writesPerSecond())
                .setResidentBytes(rates.residentBytes())
                .setObservedSeconds(rates.observedSeconds());
        rates.cut().ifPresent(cut -> encoded.setCut(cut.bits()));
        return encoded.build();
    }

    private static SliceRates decode(SliceRatesP rates) {
        return new SliceRates(
                MapCodec.slice(rates.getLow(), rates.getHigh()),
                rates.getFast(),
                rates.getSlow(),
                rates.getWritesPerSecond(),
                rates.getResidentBytes(),
                rates.getObservedSeconds(),
                rates.hasCut() ? Optional.of(new SliceKey(rates.getCut())) : Optional.empty());
    }

    private static HotKeyP encode(HotKey key) {
        return HotKeyP.newBuilder()
                .setKey(key.key().bits())
                .setAtLeast(key.atLeast())
                .setAtMost(key.atMost())
                .setWritesPerSecond(key.writesPerSecond())
                .build();
    }

    private static HotKey decode(HotKeyP key) {
        return new HotKey(new SliceKey(key.getKey()), key.getAtLeast(), key.getAtMost(), key.getWritesPerSecond());
    }
}
