package io.sluice.sharder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sharder.testkit.Seeds;
import org.junit.jupiter.api.Test;

class SliceKeyTest {
    @Test
    void allThatStandsBelowOneNameIsOneContiguousRange() {
        // Shows that the upper half of a key is the first name alone, and that the catalog's own row comes first.
        SliceKey catalog = SliceKey.of("sales");
        SliceKey last = new SliceKey(catalog.bits() | 0xffffffffL);
        Slice whole = Slice.closed(catalog, last);

        for (String schema : new String[] {"", "eu", "us", "Größe"})
            assertThat(whole.contains(SliceKey.of("sales", schema))).isTrue();
        assertThat(whole.contains(SliceKey.of("finance", "eu"))).isFalse();
    }

    @Test
    void fingerprintsNeverChange() {
        // Shows the values that pods of different versions must agree on.
        assertThat(SliceKey.of("sales")).hasToString("97cbdc8600000000");
        assertThat(SliceKey.of("sales", "eu")).hasToString("97cbdc86d5b7a3a4");
        assertThat(SliceKey.ROOT).hasToString("0000000000000000");
    }

    @Test
    void orderIsUnsignedAndTheTextSortsAlike() {
        Seeds.check(500, random -> {
            SliceKey one = new SliceKey(random.nextLong());
            SliceKey other = new SliceKey(random.nextLong());
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(Long.compareUnsigned(one.bits(), other.bits()))
                    .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
            assertThat(SliceKey.parse(one.toString())).isEqualTo(one);
        });
    }

    @Test
    void aKeyOfNoPartOrOfThreeIsRefused() {
        assertThatThrownBy(SliceKey::of).hasMessageContaining("SliceKey.ROOT");
        assertThatThrownBy(() -> SliceKey.of("a", "b", "c")).hasMessageContaining("not of 3");
    }
}
