package io.sluice.lake.hadoop;

import io.sluice.lake.store.BoundedStream;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectKeys;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.S3Connection;
import io.sluice.lake.store.S3ObjectStore;
import io.sluice.lake.store.UrlSigner;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/**
 * A bucket of S3 by Hadoop's client. That client thinks in files and folders, which costs more than our own: a list
 * begins at its folder and not behind a key, an object is looked at before it is read, and one that is missing is looked
 * for as a folder too. URLs are signed by our own client.
 */
final class S3aObjectStore implements ObjectStore, Closeable {
    private static final int COPY_BYTES = 1 << 16;
    private static final long LONGEST_READ_AHEAD = 8L << 20;

    private final S3AFileSystem files;
    private final S3AFileSystem once;
    private final S3ObjectStore signing;
    private final String bucket;
    private final String prefix;

    /** @param once the same without retries */
    S3aObjectStore(S3AFileSystem files, S3AFileSystem once, S3Connection connection, String bucket, String folder) {
        this.files = files;
        this.once = once;
        this.signing = S3ObjectStore.open(connection, bucket, folder);
        this.bucket = bucket;
        this.prefix = folder.isEmpty() ? "" : ObjectKeys.check(folder) + "/";
    }

    @Override
    public void close() throws IOException {
        signing.close();
        once.close();
        files.close();
    }

    @Override
    public URI root() {
        return signing.root();
    }

    @Override
    public Iterator<ObjectInfo> list(String listPrefix, String after) throws IOException {
        ObjectKeys.checkPrefix(listPrefix);
        String folder = prefix + listPrefix.substring(0, listPrefix.lastIndexOf('/') + 1);
        try {
            Path path =
                    folder.isEmpty() ? new Path("s3a", bucket, "/") : path(folder.substring(0, folder.length() - 1));
            return new S3aListing(files.listFiles(path, true), prefix, listPrefix, after);
        } catch (FileNotFoundException e) {
            return Collections.emptyIterator();
        } catch (IOException e) {
            throw S3aFailures.translated(root(), listPrefix, e);
        }
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        return status(key)
                .map(status ->
                        new ObjectInfo(key, status.getLen(), Instant.ofEpochMilli(status.getModificationTime())));
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        FileStatus status = status(key)
                .orElseThrow(
                        () -> new ObjectNotFoundException("There is no object \"" + key + "\" in " + root() + "."));
        long length = Math.min(range.length(), Math.max(0, status.getLen() - range.offset()));
        if (length == 0) return new ByteArrayInputStream(new byte[0]);
        try {
            boolean isWhole = length == status.getLen();
            FSDataInputStream in = files.openFile(status.getPath())
                    .opt("fs.option.openfile.read.policy", isWhole ? "whole-file" : "random")
                    .withFileStatus(status)
                    .build()
                    .get();
            if (!isWhole) in.setReadahead(Math.min(length, LONGEST_READ_AHEAD));
            in.seek(range.offset());
            return new S3aBody(new BoundedStream(in, length), root(), key);
        } catch (IOException e) {
            throw S3aFailures.translated(root(), key, e);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw S3aFailures.interrupted(root(), key, e);
        }
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        try {
            write(once, key, content, true);
            return PutOutcome.CREATED;
        } catch (RemoteFileChangedException | FileAlreadyExistsException e) {
            return PutOutcome.EXISTS;
        } catch (IOException e) {
            throw S3aFailures.translated(root(), key, e);
        }
    }

    @Override
    public void put(String key, Content content) throws IOException {
        try {
            write(files, key, content, false);
        } catch (IOException e) {
            throw S3aFailures.translated(root(), key, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            files.delete(path(object(key)), false);
        } catch (PathIsNotEmptyDirectoryException e) {
            // There are objects below the name, and none of the name itself.
        } catch (IOException e) {
            throw S3aFailures.translated(root(), key, e);
        }
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        return signing.signer(now, life);
    }

    private Optional<FileStatus> status(String key) throws IOException {
        try {
            FileStatus status = files.getFileStatus(path(object(key)));
            return status.isFile() ? Optional.of(status) : Optional.empty();
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw S3aFailures.translated(root(), key, e);
        }
    }

    /** What fails before its end is taken back: closing would make an object of what was sent so far. */
    private void write(S3AFileSystem client, String key, Content content, boolean ifAbsent) throws IOException {
        FSDataOutputStreamBuilder<?, ?> file = client.createFile(path(object(key)));
        file.overwrite(true);
        file.must("fs.s3a.create.performance", true);
        file.must("fs.option.create.conditional.overwrite", ifAbsent);
        FSDataOutputStream out = file.build();
        try (InputStream in = content.open()) {
            byte[] buffer = new byte[COPY_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) out.write(buffer, 0, count);
        } catch (IOException | RuntimeException e) {
            out.abort();
            throw e;
        }
        out.close();
    }

    private String object(String key) {
        return prefix + ObjectKeys.check(key);
    }

    private Path path(String object) {
        return new Path("s3a", bucket, "/" + object);
    }

    @Override
    public String toString() {
        return root().toString();
    }
}
