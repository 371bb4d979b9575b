package io.sluice.lake.hadoop;

import io.sluice.lake.place.StoreAdapter;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.S3Connection;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/** Opens stores by Hadoop's S3A. What the server's own configuration says of a store counts before Hadoop's files. */
public final class S3aAdapter implements StoreAdapter {
    /** It saves requests that only keep up the look of folders. */
    private static final String NO_FOLDERS = "create,delete,mkdir,open";

    /** The default reads more than is asked for, and learns from footers that are none of its business. */
    private static final String ONE_RANGE_A_REQUEST = "classic";

    /** The default is a folder on disk, which may be anywhere, and full. */
    private static final String BUFFER = "bytebuffer";

    private static final String PART_BYTES = "16M";

    @Override
    public ObjectStore open(S3Connection connection, String bucket, String folder) throws IOException {
        Configuration settings = settings(connection);
        Configuration once = new Configuration(settings);
        // A request that was sent again could meet what it wrote itself, and be told that somebody else was first.
        once.setInt("fs.s3a.attempts.maximum", 1);
        once.setInt("fs.s3a.retry.limit", 0);
        URI root = URI.create("s3a://" + bucket);
        S3AFileSystem files = fileSystem(root, settings);
        try {
            return new S3aObjectStore(files, fileSystem(root, once), connection, bucket, folder);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static S3AFileSystem fileSystem(URI root, Configuration settings) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Hadoop looks for its parts there, and would find those that came with the server.
        thread.setContextClassLoader(S3aAdapter.class.getClassLoader());
        try {
            S3AFileSystem files = new S3AFileSystem();
            files.initialize(root, settings);
            return files;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Configuration settings(S3Connection connection) {
        Configuration settings = new Configuration();
        settings.setClassLoader(S3aAdapter.class.getClassLoader());
        Map.of(
                        "fs.s3a.performance.flags", NO_FOLDERS,
                        "fs.s3a.input.stream.type", ONE_RANGE_A_REQUEST,
                        "fs.s3a.fast.upload.buffer", BUFFER,
                        "fs.s3a.multipart.size", PART_BYTES,
                        "fs.s3a.endpoint.region", connection.region(),
                        "fs.s3a.path.style.access", Boolean.toString(connection.pathStyle()))
                .forEach(settings::set);
        connection.endpoint().ifPresent(endpoint -> settings.set("fs.s3a.endpoint", endpoint.toString()));
        connection.credentials().ifPresent(keys -> {
            settings.set("fs.s3a.access.key", keys.accessKey());
            settings.set("fs.s3a.secret.key", keys.secretKey());
            keys.sessionToken().ifPresent(token -> settings.set("fs.s3a.session.token", token));
            settings.set(
                    "fs.s3a.aws.credentials.provider",
                    "org.apache.hadoop.fs.s3a."
                            + (keys.sessionToken().isPresent()
                                    ? "TemporaryAWSCredentialsProvider"
                                    : "SimpleAWSCredentialsProvider"));
        });
        return settings;
    }
}
