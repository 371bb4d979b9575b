package io.sluice.lake.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Files that are being written. A kill leaves some behind; they are nobody's and get swept. */
final class WorkFiles {
    private static final int CHUNK_BYTES = 128 * 1024;
    /** Longer than any write takes, so that a sweep never hits the work of another process. */
    private static final Duration LEFTOVER_AGE = Duration.ofDays(1);

    private final Path folder;

    WorkFiles(Path folder) {
        this.folder = folder;
    }

    /** The content as a synced file without a name of its own yet. */
    WorkFile write(Content content) throws IOException {
        Files.createDirectories(folder);
        WorkFile file = new WorkFile(folder.resolve(UUID.randomUUID().toString()));
        try {
            copy(content, file.path());
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    void sweep() throws IOException {
        if (!Files.isDirectory(folder)) return;
        Instant before = Instant.now().minus(LEFTOVER_AGE);
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) Files.deleteIfExists(file);
            }
        }
    }

    private static void copy(Content content, Path file) throws IOException {
        try (InputStream in = content.open();
                FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long written = 0;
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (ByteBuffer rest = ByteBuffer.wrap(chunk, 0, read); rest.hasRemaining(); ) out.write(rest);
                written += read;
            }
            checkLength(content, written);
            out.force(true);
        }
    }

    private static void checkLength(Content content, long written) throws IOException {
        if (written != content.length())
            throw new IOException("The content promised " + content.length() + " bytes and gave " + written + ".");
    }

    record WorkFile(Path path) implements Closeable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }
}
