package io.sluice.replica;

import io.sluice.model.money.Money;
import io.sluice.model.place.Lane;
import io.sluice.model.usage.ByteCount;
import java.time.Instant;

/** What bytes over a lane cost. Plugged in by the server with the rate cards of the bill. */
public interface PriceQuote {
    Money of(Lane lane, ByteCount bytes, Instant at);
}
