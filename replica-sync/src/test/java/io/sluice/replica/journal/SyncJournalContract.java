package io.sluice.replica.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No byte is booked twice and none is forgotten, whatever store keeps the journal. */
abstract class SyncJournalContract {
    private static final String REPLICA = "replica-1";
    private static final Instant AT = Instant.parse("2026-05-01T00:00:00Z");

    private SyncJournal journal;

    abstract SyncJournal create();

    @BeforeEach
    void openJournal() {
        journal = create();
        journal.open("a", REPLICA, AT);
    }

    @Test
    void whatCrossedIsOpenUntilAReceiptThatLandedBooksIt() {
        journal.progress("a", 100, List.of(new Move("a", "x", 90, 100)));
        UsageManifest manifest = manifest("r", 0, journal.openUsage(REPLICA));
        assertThat(journal.prepare(manifest)).isTrue();
        assertThat(journal.openUsage(REPLICA).wireBytes()).as("only prepared").isEqualTo(100);

        journal.landed(manifest);
        journal.landed(manifest);

        assertThat(journal.openUsage(REPLICA)).isEqualTo(new OpenUsage(List.of(), List.of()));
        assertThat(journal.totals(REPLICA).wire()).isEqualTo(ByteCount.of(100));
    }

    @Test
    void bytesAndMovesAfterAClaimStayOpen() {
        journal.progress("a", 100, List.of(new Move("a", "x", 90, 100)));
        UsageManifest manifest = manifest("r", 0, journal.openUsage(REPLICA));
        journal.prepare(manifest);
        journal.progress("a", 150, List.of(new Move("a", "y", 40, 150)));

        journal.landed(manifest);

        OpenUsage open = journal.openUsage(REPLICA);
        assertThat(open.claims()).containsExactly(new Claim("a", 100, 150));
        assertThat(open.moves()).extracting(Move::path).containsExactly("y");
    }

    @Test
    void aLostReceiptGivesItsClaimsBack() {
        journal.progress("a", 100, List.of());
        journal.prepare(manifest("r", 4, journal.openUsage(REPLICA)));

        journal.lost(REPLICA, 4);

        assertThat(journal.receipts(REPLICA, ReceiptState.PREPARED)).isEmpty();
        assertThat(journal.openUsage(REPLICA).wireBytes()).isEqualTo(100);
        assertThat(journal.recent(REPLICA, 5)).isEmpty();
    }

    @Test
    void aReceiptThoughtLostThatLandedAfterAllIsBooked() {
        journal.progress("a", 100, List.of());
        UsageManifest manifest = manifest("r", 4, journal.openUsage(REPLICA));
        journal.prepare(manifest);
        journal.lost(REPLICA, 4);

        journal.landed(manifest);

        assertThat(journal.openUsage(REPLICA).wireBytes()).isZero();
        assertThat(journal.receipts(REPLICA, ReceiptState.LANDED)).containsExactly(manifest);
    }

    @Test
    void claimsThatWereBookedMeanwhileAreRefused() {
        journal.progress("a", 100, List.of());
        OpenUsage open = journal.openUsage(REPLICA);
        journal.prepare(manifest("first", 0, open));
        journal.landed(manifest("first", 0, open));

        assertThat(journal.prepare(manifest("second", 1, open))).isFalse();
        assertThat(journal.bookWaste(manifest("third", UsageManifest.NO_COMMIT, open)))
                .isFalse();
        assertThat(journal.totals(REPLICA).receipts()).isEqualTo(1);
    }

    @Test
    void wasteIsBookedOnlyWhileNoPreparedReceiptMayClaimIt() {
        journal.progress("a", 100, List.of());
        OpenUsage open = journal.openUsage(REPLICA);
        journal.prepare(manifest("first", 0, open));
        assertThat(journal.bookWaste(manifest("waste", UsageManifest.NO_COMMIT, open)))
                .isFalse();
        journal.lost(REPLICA, 0);

        assertThat(journal.bookWaste(manifest("waste", UsageManifest.NO_COMMIT, open)))
                .isTrue();

        assertThat(journal.openUsage(REPLICA).wireBytes()).isZero();
        assertThat(journal.lastLanded(REPLICA)).as("no commit").isEmpty();
    }

    @Test
    void deliveredReceiptsAreNotDeliveredAgain() {
        UsageManifest manifest = manifest("r", 0, journal.openUsage(REPLICA));
        journal.landed(manifest);
        journal.delivered("r");
        journal.landed(manifest);

        assertThat(journal.receipts(REPLICA, ReceiptState.LANDED)).isEmpty();
        assertThat(journal.receipts(REPLICA, ReceiptState.DELIVERED)).containsExactly(manifest);
        assertThat(journal.lastLanded(REPLICA)).contains(manifest);
    }

    @Test
    void theNewestReceiptsComeFirst() {
        for (long version = 0; version < 4; version++)
            journal.landed(manifest("r" + version, version, journal.openUsage(REPLICA)));

        assertThat(journal.recent(REPLICA, 2))
                .extracting(UsageManifest::targetVersion)
                .containsExactly(3L, 2L);
    }

    @Test
    void replicasDoNotSeeEachOther() {
        journal.open("b", "replica-2", AT);
        journal.progress("b", 7, List.of(new Move("b", "x", 7, 7)));

        assertThat(journal.openUsage(REPLICA).wireBytes()).isZero();
        assertThat(journal.openUsage("replica-2").moves()).hasSize(1);
    }

    private static UsageManifest manifest(String id, long targetVersion, OpenUsage open) {
        Lane lane = new Lane(Region.parse("aws:a"), Region.parse("azure:b"));
        ByteCount wire = ByteCount.of(open.wireBytes());
        TransferReceipt receipt =
                new TransferReceipt(id, "orders_eu", "sales", lane, 1, 2, wire, ByteCount.ZERO, 3, AT, AT.plusNanos(5));
        return new UsageManifest(receipt, REPLICA, targetVersion, open.claims());
    }
}
