/** What each payer owes for a period, traceable to the postings that caused it. */
@NullMarked
package io.sluice.chargeback.statement;

import org.jspecify.annotations.NullMarked;
