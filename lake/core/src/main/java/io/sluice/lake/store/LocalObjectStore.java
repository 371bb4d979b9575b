package io.sluice.lake.store;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * Objects as files below a folder. A write is whole or absent at any kill: the bytes are synced in a work file first
 * and get their name in one step, a hard link where the name must be new, a rename where it may replace.
 *
 * <p>Symbolic links below the root are never followed, so nothing outside of it can be named. Differs from object
 * stores in one point: where {@code a} is an object there can be no {@code a/b}. Safe for use by many threads and
 * processes.
 */
public final class LocalObjectStore implements ObjectStore {
    private final Path root;
    private final WorkFiles work;

    private LocalObjectStore(Path root) {
        this.root = root;
        this.work = new WorkFiles(root.resolve(ObjectKeys.WORK_FOLDER));
    }

    /** Opens the store at a folder, which is made if it does not exist. */
    public static LocalObjectStore at(Path folder) throws IOException {
        Files.createDirectories(folder);
        LocalObjectStore store = new LocalObjectStore(folder.toRealPath());
        store.work.sweep();
        return store;
    }

    @Override
    public URI root() {
        String uri = root.toUri().toString();
        return URI.create(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix, String after) throws IOException {
        return new FolderWalk(root, ObjectKeys.checkPrefix(prefix), after);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        Path file = resolve(key);
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) return Optional.empty();
            return Optional.of(new ObjectInfo(
                    key, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } catch (IOException e) {
            if (isAbsence(e)) return Optional.empty();
            throw translated(key, e);
        }
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        Path file = resolve(key);
        try {
            return FileRange.open(file, range);
        } catch (IOException e) {
            throw translated(key, e);
        }
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        Path target = resolve(key);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) return PutOutcome.EXISTS;
        try (WorkFiles.WorkFile file = work.write(content)) {
            DurableFolders.create(root, DurableFolders.above(target));
            Files.createLink(target, file.path());
            DurableFolders.sync(DurableFolders.above(target));
            return PutOutcome.CREATED;
        } catch (FileAlreadyExistsException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) return PutOutcome.EXISTS;
            throw blockedByObject(key, e);
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    "The file system under " + root + " has no hard links, which atomic writes need. "
                            + "Put the store on another file system.",
                    e);
        } catch (IOException e) {
            throw translated(key, e);
        }
    }

    @Override
    public void put(String key, Content content) throws IOException {
        Path target = resolve(key);
        try (WorkFiles.WorkFile file = work.write(content)) {
            DurableFolders.create(root, DurableFolders.above(target));
            Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFolders.sync(DurableFolders.above(target));
        } catch (FileAlreadyExistsException e) {
            throw blockedByObject(key, e);
        } catch (IOException e) {
            throw translated(key, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Path file = resolve(key);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) return;
        try {
            Files.delete(file);
            DurableFolders.sync(DurableFolders.above(file));
        } catch (IOException e) {
            if (!isAbsence(e)) throw translated(key, e);
        }
    }

    /** Empty: files are handed out by the server itself. */
    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) {
        return Optional.empty();
    }

    private Path resolve(String key) throws IOException {
        Path path;
        try {
            path = root.resolve(ObjectKeys.check(key)).normalize();
        } catch (InvalidPathException e) {
            throw Failure.invalid(
                    "The object key \"%s\" cannot be a file name on this system: %s. "
                            + "Run Java under a UTF-8 locale, or choose another name.",
                    key, e.getReason());
        }
        refuseLinks(key, path);
        return path;
    }

    private void refuseLinks(String key, Path path) throws IOException {
        for (Path step = path; step != null && !step.equals(root); step = step.getParent()) {
            if (Files.isSymbolicLink(step))
                throw new StoreDeniedException("The object \"" + key + "\" is reached through a symbolic link at "
                        + root.relativize(step) + ", which this store does not follow.");
        }
    }

    private static boolean isAbsence(IOException e) {
        // A file where the key has a folder: ENOTDIR comes as a plain FileSystemException.
        return e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || String.valueOf(e.getMessage()).endsWith("Not a directory");
    }

    private IOException translated(String key, IOException e) {
        if (isAbsence(e))
            return new ObjectNotFoundException("There is no object \"" + key + "\" in " + root() + ".", e);
        if (e instanceof AccessDeniedException)
            return new StoreDeniedException(
                    "The file system refuses access to object \"" + key + "\" in " + root() + ".", e);
        return e;
    }

    private static IOException blockedByObject(String key, IOException e) {
        return new IOException("The object \"" + key + "\" cannot be written: one of its folders is an object.", e);
    }

    static UncheckedIOException unchecked(IOException e) {
        return new UncheckedIOException(e);
    }

    @Override
    public String toString() {
        return root().toString();
    }
}
