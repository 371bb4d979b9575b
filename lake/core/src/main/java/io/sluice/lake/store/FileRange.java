package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file from an offset, at most so many. */
final class FileRange {
    private FileRange() {}

    static InputStream open(Path file, ByteRange range) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) throw new NoSuchFileException(file.toString());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            channel.position(Math.min(range.offset(), channel.size()));
            return new BoundedStream(Channels.newInputStream(channel), range.length());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
