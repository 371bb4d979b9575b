package io.sluice.chargeback.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.usage.ByteCount;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostingGroupTest {
    @Test
    void aGroupThatDoesNotSumToZeroCannotBeBuilt() {
        var receipt = Receipts.receipt("r1", 10, 10);

        assertThatThrownBy(() ->
                        new PostingGroup(receipt, List.of(Posting.debit(Account.producer("sales"), ByteCount.of(10)))))
                .hasMessageContaining("sum to 10");
    }

    @Test
    void sumsThatOverflowFailInsteadOfWrapping() {
        var postings = List.of(
                new Posting(Account.RETRY_WASTE, Long.MAX_VALUE),
                new Posting(Account.RETRY_WASTE, Long.MAX_VALUE),
                new Posting(Account.RETRY_WASTE, 2));

        assertThatThrownBy(() -> new PostingGroup(Receipts.receipt("r1", 0, 0), postings))
                .isInstanceOf(ArithmeticException.class);
    }
}
