/** What a byte costs on a lane at a time: dated cards, never edited, and quotes from them. */
@NullMarked
package io.sluice.chargeback.rate;

import org.jspecify.annotations.NullMarked;
