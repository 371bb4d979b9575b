package io.sluice.server.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.snapshot.Warm;
import io.sluice.model.name.EntityName;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmWireTest {
    private static final List<Slice> SLICES =
            List.of(Slice.closed(SliceKey.of("a"), SliceKey.of("a")), Slice.closed(new SliceKey(0), new SliceKey(-1L)));
    private static final List<Warm> TOLD = List.of(
            new Warm("id-1", EntityName.of("retail"), Optional.of(new Warm.Place(EntityName.of("sales"), "")), 0),
            new Warm("id-1", EntityName.of("retail"), Optional.of(new Warm.Place(EntityName.of("sales"), "mé")), 3),
            new Warm("id-2", EntityName.of("hr"), Optional.empty(), Integer.MAX_VALUE));

    @Test
    void whatIsToldArrivesAsItWasTold() {
        assertThat(WarmWire.slices(WarmWire.ask(SLICES))).isEqualTo(SLICES);
        assertThat(WarmWire.warm(WarmWire.write(TOLD))).isEqualTo(TOLD);
    }

    @Test
    void whatIsCutOffIsNotTakenForAnAnswer() {
        byte[] whole = WarmWire.write(TOLD);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> WarmWire.warm(part))
                    .as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
