package io.sluice.bench.conformance.check;

import io.sluice.bench.conformance.share.World;
import java.io.IOException;

/**
 * One rule of the protocol and how to see whether it is kept.
 *
 * @param sentence the rule, as a specification would say it
 */
public record Check(Group group, String sentence, Look look) {
    /** Ends quietly when the rule is kept, else by {@link Broken} or {@link NotApplicable}. */
    public interface Look {
        void at(World world) throws IOException, InterruptedException;
    }
}
