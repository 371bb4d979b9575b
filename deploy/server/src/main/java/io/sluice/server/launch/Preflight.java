package io.sluice.server.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be known before the start, told in one sentence each. */
public final class Preflight {
    private Preflight() {}

    /** The program cannot start; the message says why and what to do. */
    public static final class CannotStart extends RuntimeException {
        CannotStart(String message) {
            super(message);
        }
    }

    public static void check(Launch options) {
        if (Runtime.version().feature() < 17)
            throw new CannotStart("Java " + Runtime.version().feature()
                    + " is too old: Sluice needs 17 or newer. Point JAVA_HOME at one.");
        requireWritable(options.data());
        requireKnownAddress(options);
        requireFree("port", "--port", options.port());
        requireFree("management port", "--management-port", options.managementPort());
    }

    private static void requireWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".write-test", ""));
        } catch (FileAlreadyExistsException e) {
            throw new CannotStart("The data folder " + folder + " is a file. Pass another one with --data.");
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + folder + " cannot be written. Make it writable, or pass another with --data.");
        }
    }

    private static void requireKnownAddress(Launch options) {
        if (options.port() == 0 && System.getProperty("sluice.pod.listen") != null)
            throw new CannotStart("A pod of a cluster is known to the others by its port. Choose one with --port.");
    }

    private static void requireFree(String what, String option, int port) {
        if (port == 0) return;
        try (ServerSocket probe = new ServerSocket()) {
            // A port that another server left a moment ago is free for us too.
            probe.setReuseAddress(true);
            probe.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new CannotStart("The " + what + " " + port + " is in use. Stop what listens there, or pass another"
                    + " with " + option + ".");
        }
    }
}
