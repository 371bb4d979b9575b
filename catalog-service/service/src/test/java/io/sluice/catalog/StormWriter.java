package io.sluice.catalog;

import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A process that writes and says what was acknowledged, to be killed or starved by a test.
 *
 * <p>{@code storm URL PREFIX} creates tables from several threads until the process dies. {@code starve URL PREFIX}
 * creates until it fails, tells the failure, waits for a line, and tries once more.
 */
final class StormWriter {
    private static final int THREADS = 4;

    private StormWriter() {}

    public static void main(String[] args) throws Exception {
        World world = World.open(StoreUrl.parse(args[1]));
        say("ready");
        if (args[0].equals("storm"))
            for (int i = 0; i < THREADS; i++)
                thread(world, args[2] + "_" + i + "_").start();
        else starve(world, args[2]);
    }

    private static Thread thread(World world, String prefix) {
        return new Thread(() -> {
            for (int i = 0; ; i++) {
                String name = prefix + i;
                world.table("retail", "sales", name);
                say("table " + name);
                world.governance
                        .permissions()
                        .update(
                                World.ADMIN,
                                SecurableType.TABLE,
                                "retail.sales." + name,
                                List.of(new GrantChange(World.ADMIN.name(), Set.of(Privilege.SELECT), Set.of())));
                say("grant " + name);
            }
        });
    }

    private static void starve(World world, String prefix) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int made = 0;
        try {
            while (true) {
                world.table("retail", "sales", prefix + made);
                say("table " + prefix + made++);
            }
        } catch (Failure e) {
            say("failed " + e.kind());
        }
        in.readLine();
        world.table("retail", "sales", prefix + "_after");
        say("table " + prefix + "_after");
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
