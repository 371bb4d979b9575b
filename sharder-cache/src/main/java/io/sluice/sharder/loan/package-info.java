/**
 * Reading from memory beside the owner. The owner of a key lends it to other pods for as long as its own lease lasts;
 * before it writes it recalls the loans and waits until each is given back or has run out, and when the write is over it
 * restores them. A borrower whose loan lasts may answer reads from memory: no write can have committed since it began.
 *
 * <p>{@link io.sluice.sharder.loan.LenderMachine} and {@link io.sluice.sharder.loan.BorrowerMachine} decide and do
 * nothing else; {@link io.sluice.sharder.loan.LoanDesk} runs both for one pod.
 */
@NullMarked
package io.sluice.sharder.loan;

import org.jspecify.annotations.NullMarked;
