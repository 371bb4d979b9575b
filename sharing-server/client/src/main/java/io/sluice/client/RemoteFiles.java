package io.sluice.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads files by their URLs. Safe for many threads. */
record RemoteFiles(Http http) {
    /** Writes the whole file to {@code target}, going on where a broken connection left off. */
    void download(RemoteFile file, OutputStream target) throws IOException {
        long written = 0;
        for (int attempt = 1; written < file.size(); attempt++) {
            long before = written;
            try (InputStream in = open(file, written, file.size() - written)) {
                written += copy(in, target);
                if (written == before)
                    throw SharingException.brokenProtocol("The file ends after %d of %d bytes.", written, file.size());
            } catch (BrokenOff e) {
                written += e.copied;
                if (attempt == http.attempts()) throw e;
                if (written == before) http.pauseAfter(attempt);
            }
        }
    }

    /** Bytes {@code [offset, offset + length)} of a file. Requires: the range lies within the file, and is not empty. */
    byte[] read(RemoteFile file, long offset, int length) throws IOException {
        try (InputStream in = open(file, offset, length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length)
                throw SharingException.brokenProtocol(
                        "The file gave %d bytes where %d were asked for.", bytes.length, length);
            return bytes;
        }
    }

    private InputStream open(RemoteFile file, long offset, long length) throws IOException {
        if (offset < 0 || length < 1 || offset + length > file.size())
            throw new IllegalArgumentException(
                    "range " + offset + "+" + length + " of a file of " + file.size() + " bytes");
        // No bearer token: the URL may lead to somebody else's store, and carries its own right.
        HttpRequest request = HttpRequest.newBuilder(file.url())
                .header("User-Agent", Requests.USER_AGENT)
                .header("Range", "bytes=" + offset + "-" + (offset + length - 1))
                .build();
        HttpResponse<InputStream> response = http.send(request);
        if (response.statusCode() == 200) response.body().skipNBytes(offset);
        return response.body();
    }

    private static long copy(InputStream in, OutputStream target) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long copied = 0;
        while (true) {
            int count;
            try {
                count = in.read(buffer);
            } catch (IOException e) {
                throw new BrokenOff(copied, e);
            }
            if (count < 0) return copied;
            target.write(buffer, 0, count);
            copied += count;
        }
    }

    /** Reading stopped; what came before it has been written. */
    private static final class BrokenOff extends IOException {
        private final long copied;

        BrokenOff(long copied, IOException cause) {
            super("the file was broken off: " + cause.getMessage(), cause);
            this.copied = copied;
        }
    }
}
