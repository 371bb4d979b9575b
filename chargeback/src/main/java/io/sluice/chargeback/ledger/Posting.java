package io.sluice.chargeback.ledger;

import io.sluice.model.usage.ByteCount;

/**
 * Bytes on an account.
 *
 * @param bytes positive for a debit (the account owes for them), negative for a credit (it supplied them)
 */
public record Posting(Account account, long bytes) {
    public static Posting debit(Account account, ByteCount bytes) {
        return new Posting(account, bytes.bytes());
    }

    public static Posting credit(Account account, ByteCount bytes) {
        return new Posting(account, -bytes.bytes());
    }
}
