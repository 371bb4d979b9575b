package io.sluice.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.crypto.provider.CryptoProvider;
import io.sluice.model.failure.Failure;
import io.sluice.server.launch.ExitCode;
import io.sluice.server.launch.Launch;
import io.sluice.server.launch.LaunchSettings;
import io.sluice.server.launch.Preflight;
import java.io.IOException;
import java.io.OutputStream;

/** The program's entrance. Whatever keeps it from starting is told in one sentence and an exit code. */
@QuarkusMain
public final class SluiceMain {
    private SluiceMain() {}

    public static void main(String... args) {
        try {
            Launch launch = Launch.parse(args);
            Preflight.check(launch);
            LaunchSettings.use(launch);
            if (launch.endsWithInput()) endWithInput();
        } catch (Failure e) {
            end(String.valueOf(e.getMessage()), ExitCode.USAGE);
        } catch (Preflight.CannotStart e) {
            end(String.valueOf(e.getMessage()), ExitCode.FAILURE);
        }
        loadCryptoProvider();
        Quarkus.run(Running.class, (code, problem) -> end(problem, code), args);
    }

    /** Checking and loading the native library takes as long as all the rest of the start, so it goes beside it. */
    private static void loadCryptoProvider() {
        Thread loading = new Thread(CryptoProvider::installBest, "crypto-provider");
        loading.setDaemon(true);
        loading.start();
    }

    /** Input ends when whoever holds its other end does, however that came. */
    private static void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // An input that cannot be read has ended.
                    }
                    System.exit(0);
                },
                "input-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void end(Throwable problem, int code) {
        if (problem == null) System.exit(code);
        Throwable root = problem;
        while (root.getCause() != null) root = root.getCause();
        end(String.valueOf(root.getMessage()), code == 0 ? ExitCode.FAILURE : code);
    }

    private static void end(String sentence, int code) {
        System.err.println("sluice: " + sentence);
        System.exit(code);
    }
}
