package io.sluice.sharing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.lake.store.Content;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.UrlLife;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeGatewayTest {
    private static final int SEGMENT = SegmentedBody.SEGMENT_BYTES;
    private static final int SIZE = 2 * SEGMENT + 777;
    private static final String SCOPE = "scope-1";

    @TempDir
    Path folder;

    private World world;
    private World.Reader reader;
    private SharedTable table;
    private byte[] bytes;
    private String token;

    @BeforeEach
    void aSealedFileOfThreeSegments() throws IOException {
        world = new World(folder);
        reader = world.reader("acme");
        table = world.register("main.sales.orders", Optional.of(SCOPE));
        world.share("partners", table.name());
        world.grant("partners", "acme");
        bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        world.stores.get(table.location()).put("a b.parquet", Content.of(bytes));
        token = token("a%20b.parquet", SIZE);
    }

    @Test
    void aWholeFileComesWithLengthAndValidator() throws IOException {
        try (GatewayAnswer answer = get(null)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers())
                    .containsEntry("Accept-Ranges", "bytes")
                    .containsEntry("Content-Length", Integer.toString(SIZE))
                    .containsEntry("Cache-Control", "no-store")
                    .doesNotContainKey("Content-Range");
            assertThat(answer.headers().get("ETag")).matches("\"[0-9a-f]{32}\"");
            assertThat(body(answer)).isEqualTo(bytes);
        }
        assertThat(world.served)
                .singleElement()
                .satisfies(event -> assertThat(event.bytes()).isEqualTo(SIZE));
    }

    @Test
    void headTellsTheSameAndGivesNothing() throws IOException {
        try (GatewayAnswer answer = world.gateway.answer(new GatewayRequest(
                GatewayRequest.Method.HEAD, token, world.client, Optional.empty(), Optional.empty(), "r-1"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("Content-Length", Integer.toString(SIZE));
            assertThat(body(answer)).isEmpty();
        }
        assertThat(world.served).isEmpty();
    }

    @Test
    void everyRangeNearAnEdgeIsTheSliceItNames() throws IOException {
        int[] edges = {0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, SIZE - 1};
        int[] lengths = {1, 2, SEGMENT - 1, SEGMENT, SEGMENT + 1, SIZE, Integer.MAX_VALUE};
        for (int first : edges) {
            assertSlice("bytes=" + first + "-", first, SIZE);
            for (int length : lengths) {
                long last = (long) first + length - 1;
                assertSlice("bytes=" + first + "-" + last, first, (int) Math.min(SIZE, last + 1));
            }
        }
        for (int suffix : lengths) assertSlice("bytes=-" + suffix, Math.max(0, SIZE - suffix), SIZE);
        assertSlice("bytes=5-99999999999999999999999", 5, SIZE);
    }

    @Test
    void whatLiesOutsideIsNotSatisfiable() throws IOException {
        for (String range : List.of(
                "bytes=" + SIZE + "-", "bytes=" + SIZE + "-" + SIZE, "bytes=-0", "bytes=9999999999999999999-")) {
            try (GatewayAnswer answer = get(range)) {
                assertThat(answer.status()).as(range).isEqualTo(416);
                assertThat(answer.headers())
                        .containsEntry("Content-Range", "bytes */" + SIZE)
                        .containsEntry("Content-Length", "0");
            }
        }
    }

    @Test
    void manyRangesAndNonsenseGiveTheWholeFile() throws IOException {
        for (String range : List.of("bytes=0-1,5-6", "bytes=5-2", "bytes=-", "items=0-1", "bytes=a-b", "")) {
            try (GatewayAnswer answer = get(range)) {
                assertThat(answer.status()).as(range).isEqualTo(200);
                assertThat(body(answer)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aRangeForAnotherStateOfTheFileGivesTheWholeFile() {
        String etag = get(null).headers().get("ETag");

        assertThat(get("bytes=0-1", etag).status()).isEqualTo(206);
        assertThat(get("bytes=0-1", "\"other\"").status()).isEqualTo(200);
    }

    @Test
    void anEmptyFileIsNoError() throws IOException {
        world.stores.get(table.location()).put("empty", Content.of(new byte[0]));
        token = token("empty", 0);

        assertThat(get(null).headers()).containsEntry("Content-Length", "0");
        assertThat(body(get(null))).isEmpty();
        assertThat(get("bytes=0-").status()).isEqualTo(416);
    }

    @Test
    void alteredAndExpiredTokensAreForbidden() {
        assertForbidden(token.substring(1));
        assertForbidden("");

        // A window of URLs is up to a quarter longer than their life.
        world.clock.pass(UrlLife.DEFAULT.most());
        assertForbidden(token);
    }

    @Test
    void whoseGrantIsGoneGetsNothingMore() {
        world.revoke("partners", "acme");

        assertForbidden(token);
    }

    @Test
    void aRevokedKeyIsForbiddenBeforeTheFirstByteAndInPlainWords() throws IOException {
        world.gate.revoke(SCOPE);

        try (GatewayAnswer answer = get("bytes=0-3")) {
            assertThat(answer.status()).isEqualTo(403);
            String body = new String(body(answer), StandardCharsets.UTF_8);
            assertThat(body).startsWith("{").contains("PERMISSION_DENIED").doesNotContain(SCOPE);
            assertThat(body).hasSizeLessThan(300);
        }
    }

    @Test
    void aUrlFromBeforeARevocationStaysDeadAfterTheRestore() {
        world.gate.revoke(SCOPE);
        world.gate.restore(SCOPE);

        assertForbidden(token);
        token = token("a%20b.parquet", SIZE);
        assertThat(get(null).status()).isEqualTo(200);
    }

    @Test
    void aKeyRevokedOnTheWayCutsTheAnswerAtTheNextSegment() throws IOException {
        try (GatewayAnswer answer = get(null)) {
            assertThat(answer.body().next())
                    .hasValueSatisfying(segment -> assertThat(segment).hasSize(SEGMENT));

            world.gate.revoke(SCOPE);

            assertThat(world.streams.of(SCOPE)).isEqualTo(1);
            assertThatThrownBy(() -> answer.body().next()).isInstanceOf(KeyRevokedException.class);
        }
        assertThat(world.streams.of(SCOPE)).isZero();
        assertThat(world.served)
                .singleElement()
                .satisfies(event -> assertThat(event.bytes()).isEqualTo(SEGMENT));
    }

    @Test
    void aFileShorterThanPromisedIsNoCleanEnd() throws IOException {
        token = token("a%20b.parquet", SIZE + 1);

        try (GatewayAnswer answer = get(null)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThatThrownBy(() -> body(answer)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aMissingFileAndADarkStoreHaveTheirOwnStatus() {
        String there = token;
        token = token("gone.parquet", 5);
        assertThat(get(null).status()).isEqualTo(404);

        token = there;
        world.stores.get(table.location()).isDark = true;
        assertThat(get(null).status()).isEqualTo(503);
    }

    private void assertSlice(String range, int from, int to) throws IOException {
        try (GatewayAnswer answer = get(range)) {
            assertThat(answer.status()).as(range).isEqualTo(206);
            assertThat(answer.headers())
                    .containsEntry("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + SIZE)
                    .containsEntry("Content-Length", Integer.toString(to - from));
            assertThat(Arrays.equals(body(answer), Arrays.copyOfRange(bytes, from, to)))
                    .as(range)
                    .isTrue();
        }
    }

    @Test
    void aUrlIsOfNoUseFromWhereTheRecipientMayNotCome() throws IOException {
        world.admitFrom("acme", "203.0.113.0/24");

        try (GatewayAnswer answer = get(null)) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(new String(body(answer), StandardCharsets.UTF_8))
                    .contains("PERMISSION_DENIED", world.client.getHostAddress());
        }
    }

    private void assertForbidden(String wrong) {
        GatewayAnswer answer = world.gateway.answer(new GatewayRequest(
                GatewayRequest.Method.GET, wrong, world.client, Optional.empty(), Optional.empty(), "r-1"));
        assertThat(answer.status()).isEqualTo(403);
    }

    private GatewayAnswer get(String range) {
        return get(range, null);
    }

    private GatewayAnswer get(String range, String ifRange) {
        return world.gateway.answer(new GatewayRequest(
                GatewayRequest.Method.GET,
                token,
                world.client,
                Optional.ofNullable(range),
                Optional.ofNullable(ifRange),
                "r-1"));
    }

    private String token(String path, long size) {
        StoredTable place = new StoredTable(table.id(), table.location(), table.sealedScope());
        try {
            FileUrls.Batch batch = world.urls.begin(new FileUrls.Origin(
                    reader.recipient(),
                    world.directory
                            .current()
                            .share(ShareName.of("partners"))
                            .orElseThrow()
                            .share(),
                    table.id(),
                    place,
                    world.tables.open(place),
                    List.of(KeyEpoch.current(world.gate, SCOPE))));
            String url = batch.url(path, size).toString();
            return url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] body(GatewayAnswer answer) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Optional<byte[]> next = answer.body().next();
                next.isPresent();
                next = answer.body().next()) all.write(next.get());
        return all.toByteArray();
    }
}
