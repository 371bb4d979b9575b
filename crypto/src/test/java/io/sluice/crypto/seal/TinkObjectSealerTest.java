package io.sluice.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.secret.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TinkObjectSealerTest {
    private static final int SEGMENT = SealedLayout.SEGMENT;
    private static final int FIRST = SealedLayout.plainCapacity(0);
    private static final int NEXT = SealedLayout.plainCapacity(1);
    private static final ObjectIdentity FILE = new ObjectIdentity("table-1", "part-0.parquet");

    private final TestKeys keys = new TestKeys("catalog:finance");
    private final ObjectSealer sealer = new TinkObjectSealer(keys, "table-1");

    @Test
    void anyRangeOpensToTheSameBytesAsTheSliceOfThePlainObject() throws IOException {
        // Every combination of offsets and lengths near the edges of segments, against a plain slice.
        for (int length : new int[] {0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + NEXT, FIRST + 2 * NEXT + 17}) {
            byte[] plain = bytes(length);
            byte[] sealed = seal(FILE, plain);
            assertThat(sealed).hasSize((int) sealer.sealedLength(length));
            int[] edges = {0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + NEXT - 1, FIRST + NEXT, length - 1, length};
            for (int from : edges)
                for (int to : edges)
                    if (0 <= from && from <= to && to <= length)
                        assertThat(open(FILE, sealed, from, to - from))
                                .as("%d..%d of %d", from, to, length)
                                .isEqualTo(Arrays.copyOfRange(plain, from, to));
        }
    }

    @Test
    void lengthsAreInversesAndImpossibleOnesAreRefused() throws IOException {
        for (long plain = 0; plain < 3L * SEGMENT; plain += 997)
            assertThat(sealer.plainLength(sealer.sealedLength(plain))).isEqualTo(plain);
        for (long impossible : new long[] {0, 99, 115, SEGMENT + 1, SEGMENT + 16})
            assertThatThrownBy(() -> sealer.plainLength(impossible))
                    .as("%d", impossible)
                    .isInstanceOf(CorruptObjectException.class);
    }

    @Test
    void oneFlippedBitAnywhereIsNoticed() throws IOException {
        byte[] plain = bytes(FIRST + NEXT + 100);
        byte[] sealed = seal(FILE, plain);
        List<Integer> places = new ArrayList<>(List.of(0, 8, 24, 28, 59, 60, 61, 92, 99, 100, SEGMENT - 1, SEGMENT));
        places.add(sealed.length - 1);
        for (int place : places) {
            byte[] flipped = sealed.clone();
            flipped[place] ^= 1;
            assertThatThrownBy(() -> open(FILE, flipped, 0, plain.length))
                    .as("byte %d", place)
                    .isInstanceOf(CorruptObjectException.class);
        }
    }

    @Test
    void anObjectThatWasCutAtABorderDoesNotOpen() throws IOException {
        byte[] sealed = seal(FILE, bytes(FIRST + 2 * NEXT));
        for (int cut : new int[] {SEGMENT, 2 * SEGMENT}) {
            byte[] head = Arrays.copyOf(sealed, cut);
            long length = sealer.plainLength(cut);
            assertThatThrownBy(() -> open(FILE, head, 0, length)).isInstanceOf(CorruptObjectException.class);
        }
    }

    @Test
    void swappedSegmentsAndAnObjectUnderAnotherNameDoNotOpen() throws IOException {
        byte[] sealed = seal(FILE, bytes(FIRST + 2 * NEXT + 5));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, SEGMENT, swapped, 2 * SEGMENT, SEGMENT);
        System.arraycopy(sealed, 2 * SEGMENT, swapped, SEGMENT, SEGMENT);
        assertThatThrownBy(() -> open(FILE, swapped, FIRST, 10)).isInstanceOf(CorruptObjectException.class);

        ObjectIdentity elsewhere = new ObjectIdentity("table-1", "part-1.parquet");
        assertThatThrownBy(() -> open(elsewhere, sealed, 0, 10)).isInstanceOf(CorruptObjectException.class);
        keys.scope = "catalog:other";
        assertThatThrownBy(() -> open(FILE, sealed, 0, 10)).isInstanceOf(CorruptObjectException.class);
    }

    @Test
    void anotherKeyOfTheSameNameIsCaughtByTheCommitment() throws IOException {
        byte[] sealed = seal(FILE, bytes(10));
        keys.key = new TestKey(keys.key.id, SecretBytes.random(32));
        assertThatThrownBy(() -> open(FILE, sealed, 0, 10)).hasMessageContaining("not sealed under the key");
    }

    @Test
    void aRevocationStopsAReaderAndAWriterAtTheNextSegment() throws IOException {
        byte[] sealed = seal(FILE, bytes(FIRST + 3 * NEXT));
        InputStream reading = sealer.open(FILE, new Source(sealed), 0, FIRST + 3L * NEXT);
        reading.readNBytes(10);
        OutputStream writing = sealer.seal(FILE, new ByteArrayOutputStream());
        writing.write(bytes(10));

        keys.key.isRevoked = true;

        assertThatThrownBy(() -> reading.readNBytes(FIRST)).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> writing.write(bytes(2 * FIRST))).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> open(FILE, sealed, 0, 1)).isInstanceOf(KeyRevokedException.class);
    }

    @Test
    void aRangeTakesAtMostTwoRequestsAndNoSegmentTooMany() throws IOException {
        byte[] sealed = seal(FILE, bytes(FIRST + 9 * NEXT));
        Source source = new Source(sealed);
        sealer.open(FILE, source, FIRST + 3L * NEXT + 5, 10).readAllBytes();
        assertThat(source.requests).isEqualTo(2);
        assertThat(source.bytesAsked).isEqualTo(SealedLayout.START + SEGMENT);

        Source first = new Source(sealed);
        sealer.open(FILE, first, 0, 10).readAllBytes();
        assertThat(first.requests).isEqualTo(1);
    }

    @Test
    void aReaderThatGoesOnAfterABrokenSegmentGetsNoByte() throws IOException {
        byte[] sealed = seal(FILE, bytes(FIRST + 2 * NEXT));
        sealed[SEGMENT + 5] ^= 1;
        InputStream reading = sealer.open(FILE, new Source(sealed), 0, FIRST + 2L * NEXT);
        reading.readNBytes(FIRST);
        byte[] buffer = new byte[100];
        for (int attempt = 0; attempt < 3; attempt++)
            assertThatThrownBy(() -> reading.read(buffer)).isInstanceOf(CorruptObjectException.class);
    }

    @Test
    void closingEarlyClosesTheStoresStream() throws IOException {
        Source source = new Source(seal(FILE, bytes(FIRST + 3 * NEXT)));
        InputStream open = sealer.open(FILE, source, 0, FIRST + 3L * NEXT);
        open.readNBytes(5);
        open.close();
        assertThat(source.closed).isEqualTo(source.requests);
    }

    private byte[] seal(ObjectIdentity identity, byte[] plain) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = sealer.seal(identity, sealed)) {
            out.write(plain);
        }
        return sealed.toByteArray();
    }

    private byte[] open(ObjectIdentity identity, byte[] sealed, long offset, long length) throws IOException {
        try (InputStream in = sealer.open(identity, new Source(sealed), offset, length)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(42).nextBytes(bytes);
        return bytes;
    }

    /** A store that counts what is asked of it. */
    private static final class Source implements RangeSource {
        private final byte[] sealed;
        private int requests;
        private long bytesAsked;
        private int closed;

        Source(byte[] sealed) {
            this.sealed = sealed;
        }

        @Override
        public long length() {
            return sealed.length;
        }

        @Override
        public InputStream read(long offset, long length) {
            requests++;
            bytesAsked += length;
            return new FilterInputStream(new ByteArrayInputStream(sealed, (int) offset, (int) length)) {
                @Override
                public void close() {
                    closed++;
                }
            };
        }
    }

    private static final class TestKeys implements DataKeys {
        private String scope;
        private TestKey key = new TestKey(UUID.randomUUID().toString(), SecretBytes.random(32));

        TestKeys(String scope) {
            this.scope = scope;
        }

        @Override
        public String scope() {
            return scope;
        }

        @Override
        public DataKey current() {
            return key;
        }

        @Override
        public DataKey find(String id, int version) throws CorruptObjectException {
            if (!id.equals(key.id) || version != 1) throw new CorruptObjectException("no such key");
            return key;
        }
    }

    private static final class TestKey implements DataKey {
        private final String id;
        private final SecretBytes secret;
        private boolean isRevoked;

        TestKey(String id, SecretBytes secret) {
            this.id = id;
            this.secret = secret;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public SecretBytes secret() {
            return secret;
        }

        @Override
        public void requireUsable() {
            if (isRevoked) throw new KeyRevokedException("catalog:finance", "revoked");
        }
    }
}
