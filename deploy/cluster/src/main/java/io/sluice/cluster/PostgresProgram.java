package io.sluice.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once into the cluster's folder. */
record PostgresProgram(Path folder) {
    private static final int EXECUTABLE = 0100;

    static PostgresProgram in(Path folder) {
        Path program = folder.resolve("program");
        if (!Files.exists(program)) unpackInto(program);
        return new PostgresProgram(program);
    }

    String path(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static void unpackInto(Path program) {
        String archive = archive();
        try (InputStream packed = PostgresProgram.class.getResourceAsStream("/" + archive)) {
            if (packed == null)
                throw ClusterFailure.failed(
                        "This build brings no PostgreSQL for %s on %s. Pass one of your own with --store"
                                + " postgresql://USER:PASSWORD@HOST/DATABASE.",
                        System.getProperty("os.name"), System.getProperty("os.arch"));
            Path draft = Files.createTempDirectory(program.getParent(), ".program");
            unpack(packed, draft);
            Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be unpacked into " + program, e);
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            default -> System.getProperty("os.arch");
        };
        return "postgres-" + system + "-" + machine + ".txz";
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream files =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            @Nullable TarArchiveEntry entry;
            while ((entry = files.getNextEntry()) != null) unpack(files, entry, target);
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) throw new IOException(entry.getName() + " leads out of the archive");
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & EXECUTABLE) != 0)
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
