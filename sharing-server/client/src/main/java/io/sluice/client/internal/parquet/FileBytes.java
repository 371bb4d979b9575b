package io.sluice.client.internal.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file as a stream, beside others of the same file. */
final class FileBytes extends InputStream {
    private final FileChannel file;
    private long position;
    private final long end;

    FileBytes(FileChannel file, long position, long length) {
        this.file = file;
        this.position = position;
        this.end = position + length;
    }

    static byte[] read(FileChannel file, long position, int length) throws IOException {
        byte[] bytes = new FileBytes(file, position, length).readNBytes(length);
        if (bytes.length < length) throw new EOFException("the file ends early");
        return bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (position >= end) return -1;
        int wanted = (int) Math.min(length, end - position);
        int count = file.read(ByteBuffer.wrap(buffer, offset, wanted), position);
        if (count > 0) position += count;
        return count;
    }
}
