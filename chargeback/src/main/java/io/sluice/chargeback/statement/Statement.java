package io.sluice.chargeback.statement;

import io.sluice.chargeback.ledger.Period;
import java.util.List;

/**
 * What was moved in a period, and who pays.
 *
 * @param charges what the producers owe
 * @param waste what crossed without any replica gaining it; shown for the same replicas, owed by the platform
 */
public record Statement(
        Payer payer,
        Period period,
        List<StatementLine> charges,
        Total total,
        List<StatementLine> waste,
        Total wasteTotal) {
    public Statement {
        charges = List.copyOf(charges);
        waste = List.copyOf(waste);
    }
}
