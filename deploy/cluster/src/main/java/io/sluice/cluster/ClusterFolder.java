package io.sluice.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Where a cluster keeps what. All of it is for its owner's eyes only. */
record ClusterFolder(Path root) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    static ClusterFolder at(Path root) {
        return new ClusterFolder(root.toAbsolutePath().normalize());
    }

    ClusterFolder make() {
        try {
            if (Files.exists(root.resolve("metastore.db")))
                throw ClusterFailure.failed(
                        "%s holds the world of ./sluice dev. Pass another folder with --data.", root);
            for (Path folder : new Path[] {root, pods(), postgres()}) Files.createDirectories(folder);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            return this;
        } catch (IOException e) {
            throw ClusterFailure.failed(
                    "The data folder %s cannot be written. Make it writable, or pass another with --data.", root);
        }
    }

    Path lock() {
        return root.resolve("cluster.lock");
    }

    Path list() {
        return root.resolve("cluster.json");
    }

    Path ready() {
        return root.resolve("ready");
    }

    Path adminToken() {
        return root.resolve("admin.token");
    }

    Path profile() {
        return root.resolve("demo.share");
    }

    /** While it is there, the cluster has one pod more. */
    Path surge() {
        return root.resolve("surge");
    }

    /** Made by the first pod that ever started here. */
    Path urlSecret() {
        return root.resolve("url.secret");
    }

    Path podSecret() {
        return root.resolve("cluster.secret");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path pods() {
        return root.resolve("pods");
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /** The secret in the file, which is made the first time. */
    static String secret(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[SECRET_BYTES];
                RANDOM.nextBytes(secret);
                write(file, HexFormat.of().formatHex(secret) + "\n");
            }
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Whole or not at all, and readable by its owner alone. */
    static void write(Path file, String text) {
        try {
            Path draft = Files.createTempFile(
                    file.getParent(),
                    "." + file.getFileName(),
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
