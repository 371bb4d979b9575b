package io.sluice.lake.delta;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ObjectStore.PutOutcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kernel's door to a table's store. The table stands at {@link #TABLE} whatever its real place, so that one kernel
 * engine serves local, remote and sealed stores alike and no real path leaks into kernel's messages.
 */
final class StoreFileIO implements FileIO {
    static final String TABLE = "lake:/table";

    private final ObjectStore store;

    StoreFileIO(ObjectStore store) {
        this.store = store;
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
        String key = key(filePath);
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        return new SameFolder(store.list(folder, justBefore(key)), folder, key);
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        return status(store.head(key(path)).orElseThrow(() -> new FileNotFoundException(path)));
    }

    @Override
    public String resolvePath(String path) {
        return path;
    }

    /** Folders come with the objects in them. */
    @Override
    public boolean mkdirs(String path) {
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        try {
            return new StoreInputFile(store, path, key(path), fileSize);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new StoreOutputFile(store, path);
    }

    @Override
    public boolean delete(String path) throws IOException {
        store.delete(key(path));
        return true;
    }

    @Override
    public Optional<String> getConf(String confKey) {
        return Optional.empty();
    }

    @Override
    public void copyFileAtomically(String srcPath, String destPath, boolean overwrite) throws IOException {
        byte[] bytes;
        try (InputStream in = store.read(key(srcPath), ByteRange.ALL)) {
            bytes = in.readAllBytes();
        } catch (ObjectNotFoundException e) {
            throw notFound(srcPath, e);
        }
        write(store, destPath, Content.of(bytes), overwrite);
    }

    static void write(ObjectStore store, String path, Content content, boolean overwrite) throws IOException {
        if (overwrite) store.put(key(path), content);
        else if (store.putIfAbsent(key(path), content) == PutOutcome.EXISTS) throw new FileAlreadyExistsException(path);
    }

    /** The object's key below the table, from a path that kernel resolved against {@link #TABLE}. */
    static String key(String path) throws IOException {
        if (path.startsWith(TABLE + "/")) return path.substring(TABLE.length() + 1);
        throw new IOException("The table's log names a file outside of the table's folder: " + path
                + ". Tables with absolute paths (shallow clones) are not supported; copy the table whole.");
    }

    static FileNotFoundException notFound(String path, ObjectNotFoundException cause) {
        var exception = new FileNotFoundException(path);
        exception.initCause(cause);
        return exception;
    }

    /** A key that sorts below {@code key} with little room between them: lists start after a key, kernel asks for from. */
    private static String justBefore(String key) {
        int last = key.length() - 1;
        char lower = (char) (key.charAt(last) - 1);
        return key.substring(0, last) + lower;
    }

    private static FileStatus status(ObjectInfo info) {
        return FileStatus.of(
                TABLE + "/" + info.key(), info.length(), info.modified().toEpochMilli());
    }

    /** The objects directly in one folder, from a key on. */
    private static final class SameFolder implements CloseableIterator<FileStatus> {
        private final Iterator<ObjectInfo> listed;
        private final String folder;
        private final String from;
        private @Nullable ObjectInfo next;

        SameFolder(Iterator<ObjectInfo> listed, String folder, String from) {
            this.listed = listed;
            this.folder = folder;
            this.from = from;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && listed.hasNext()) {
                    ObjectInfo candidate = listed.next();
                    boolean nested = candidate.key().indexOf('/', folder.length()) >= 0;
                    if (!nested && candidate.key().compareTo(from) >= 0) next = candidate;
                }
            } catch (UncheckedIOException e) {
                throw new UncheckedIOException("Listing " + folder + " failed", e.getCause());
            }
            return next != null;
        }

        @Override
        public FileStatus next() {
            if (!hasNext()) throw new NoSuchElementException();
            FileStatus status = status(java.util.Objects.requireNonNull(next));
            next = null;
            return status;
        }

        @Override
        public void close() {}
    }
}
