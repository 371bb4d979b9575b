package io.sluice.server.api;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.chargeback.ledger.LedgerStore;
import io.sluice.chargeback.ledger.Period;
import io.sluice.chargeback.statement.Payer;
import io.sluice.chargeback.statement.Statement;
import io.sluice.chargeback.statement.StatementLine;
import io.sluice.chargeback.statement.Statements;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

@Path("/api/1.0/sluice/billing")
@Produces(MediaType.APPLICATION_JSON)
public final class BillingResource {
    /** What is metered today; requests and storage come with their own receipts. */
    private static final String EGRESS = "sync.egress";

    private final Statements statements;
    private final LedgerStore ledger;
    private final Governance governance;
    private final Clock clock;

    public BillingResource(Statements statements, LedgerStore ledger, Governance governance, Clock clock) {
        this.statements = statements;
        this.ledger = ledger;
        this.governance = governance;
        this.clock = clock;
    }

    record StatementList(List<StatementInfo> statements) {}

    /** @param wasteBytes what crossed without any replica gaining it: the platform's, never the producer's */
    record StatementInfo(
            String producer,
            String period,
            String currency,
            List<Line> lines,
            long bytes,
            String amount,
            String roundedAmount,
            long wasteBytes,
            long wireBytes) {}

    record Line(
            String replica,
            String lane,
            String meter,
            String rateCard,
            int runs,
            long bytes,
            String gigabytes,
            String unitPrice,
            String amount) {}

    /** @param producer one producer's statement; without it, one for each producer of the period */
    @GET
    @Path("statements")
    public Response statements(
            @QueryParam("producer") @Nullable String producer,
            @QueryParam("period") @Nullable String period,
            @Context SecurityContext security) {
        governance.principals().requireAdmin(Callers.of(security), "read the bill");
        YearMonth month = month(period);
        List<String> producers = producer == null ? producersOf(month) : List.of(producer);
        return Wire.ok(new StatementList(
                producers.stream().map(name -> info(name, month)).toList()));
    }

    private List<String> producersOf(YearMonth month) {
        TreeSet<String> producers = new TreeSet<>();
        ledger.scan(Period.of(month), entry -> producers.add(entry.receipt().producer()));
        return List.copyOf(producers);
    }

    private StatementInfo info(String producer, YearMonth month) {
        Statement statement = statements.of(Payer.producer(producer), month);
        long waste = statement.wasteTotal().bytes();
        return new StatementInfo(
                producer,
                month.toString(),
                statement.total().currency(),
                statement.charges().stream().map(BillingResource::line).toList(),
                statement.total().bytes(),
                statement.total().amount().toPlainString(),
                statement.total().payable().toPlainString(),
                waste,
                Math.addExact(statement.total().bytes(), waste));
    }

    private static Line line(StatementLine line) {
        return new Line(
                line.replica(),
                line.lane().toString(),
                EGRESS,
                line.price().cardId(),
                line.runs(),
                line.bytes(),
                line.gigabytes().toPlainString(),
                line.price().perGigabyte().toPlainString(),
                line.amount().toPlainString());
    }

    private YearMonth month(@Nullable String text) {
        if (text == null) return YearMonth.now(clock.withZone(ZoneOffset.UTC));
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw Failure.invalid("The period is \"%s\". Write a month as YYYY-MM.", text);
        }
    }
}
