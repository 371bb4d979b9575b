package io.sluice.bench.conformance.check;

import io.sluice.bench.conformance.share.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs checks one after another. None can keep the next from running. */
public final class Runner {
    private final World world;

    public Runner(World world) {
        this.world = world;
    }

    /** @param told gets each finding as soon as it is known */
    public List<Finding> run(List<Check> checks, Consumer<Finding> told) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            Finding finding = new Finding(check, verdict(check));
            findings.add(finding);
            told.accept(finding);
        }
        return findings;
    }

    private Verdict verdict(Check check) throws InterruptedException {
        try {
            check.look().at(world);
            return new Verdict.Passed();
        } catch (Broken broken) {
            return broken.verdict();
        } catch (NotApplicable reason) {
            return reason.verdict();
        } catch (IOException e) {
            return new Verdict.Failed("an answer", "none: " + e, world.server().lastRequest());
        } catch (RuntimeException e) {
            // An answer of a shape that nobody thought of stumbles here; the rest of the suite goes on.
            return new Verdict.Failed(
                    "an answer that can be read", e.toString(), world.server().lastRequest());
        }
    }
}
