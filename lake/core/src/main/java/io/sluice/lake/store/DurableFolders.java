package io.sluice.lake.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Folders whose entries survive a power cut. */
final class DurableFolders {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private DurableFolders() {}

    /** Makes {@code folder} and what is missing between it and {@code root}, each entry synced in its parent. */
    static void create(Path root, Path folder) throws IOException {
        if (folder.equals(root) || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return;
        create(root, above(folder));
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) throw e;
        }
        sync(above(folder));
    }

    static void sync(Path folder) throws IOException {
        if (WINDOWS) return; // Folders cannot be opened there; the file system orders its own metadata.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The folder that holds a file or folder of a store, which is never the file system's own root. */
    static Path above(Path below) {
        return Objects.requireNonNull(below.getParent());
    }
}
