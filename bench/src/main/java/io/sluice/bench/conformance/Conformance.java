package io.sluice.bench.conformance;

import io.sluice.bench.conformance.check.Findings;
import io.sluice.bench.conformance.check.Runner;
import io.sluice.bench.conformance.rules.Rulebook;
import io.sluice.bench.conformance.share.Discovery;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.tables.TableWorld;
import io.sluice.bench.conformance.wire.Server;
import io.sluice.bench.conformance.wire.ShareProfile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * {@code bench conformance}: holds a Delta Sharing server against the protocol, through HTTP only. It looks at what the
 * profile's recipient was given, then goes through the rules of {@link Rulebook}, each with the table that shows it
 * best.
 */
public final class Conformance {
    public static final String NAME = "conformance";

    private static final int HELD = 0;
    private static final int FAILED = 1;
    private static final int WRONG_CALL = 2;

    private final PrintStream out;
    private final PrintStream err;

    public Conformance(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static String usage() {
        return """
                usage: sluice bench conformance --share-profile FILE [--share NAME] [--json FILE]
                       sluice bench conformance --write-tables DIR [--tables-at URI]
                """;
    }

    /** @return 0 if no check failed, 1 if one did or the server cannot be looked at, 2 for a wrong call */
    public int run(String... args) throws InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(Arrays.asList(args));
        } catch (IllegalArgumentException e) {
            err.print("sluice: " + e.getMessage() + "\n" + usage());
            return WRONG_CALL;
        }
        try {
            return run(arguments);
        } catch (IOException e) {
            err.println("sluice: " + e.getMessage());
            return FAILED;
        }
    }

    private int run(Arguments arguments) throws IOException, InterruptedException {
        if (arguments.writtenTables().isPresent()) {
            Path folder = arguments.writtenTables().get();
            new TableWorld(folder, arguments.tablesAt()).write();
            out.println("The tables are in " + folder + ". " + TableWorld.README + " there says how to share them.");
            return HELD;
        }
        ShareProfile profile = ShareProfile.read(arguments.profile().orElseThrow());
        World world = new Discovery(new Server(profile)).look(arguments.share());
        describe(world);
        Findings findings = new Findings(out);
        new Runner(world).run(Rulebook.all(), findings::tell);
        findings.summarize();
        if (arguments.json().isPresent()) findings.writeJson(arguments.json().get(), profile.endpoint());
        return findings.hold() ? HELD : FAILED;
    }

    private void describe(World world) {
        out.println(world.server().endpoint());
        for (SharedTable table : world.tables()) out.println("  " + table.line());
        for (World.PassedBy skipped : world.passedBy()) out.println("  cannot be looked at: " + skipped);
    }
}
