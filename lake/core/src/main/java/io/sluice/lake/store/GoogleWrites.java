package io.sluice.lake.store;

import io.sluice.lake.store.GoogleHttp.Again;
import io.sluice.lake.store.TrafficMeter.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/**
 * Objects in one request, or by an upload session in chunks. A session that fails is cancelled; what it has received
 * is never seen. Holds one chunk in memory.
 */
final class GoogleWrites {
    /** The service wants a multiple of 256 KiB. */
    static final int CHUNK_BYTES = 16 << 20;

    private final GoogleHttp http;
    private final String uploadUrl;
    private final int chunkBytes;

    GoogleWrites(GoogleHttp http, String uploadUrl, int chunkBytes) {
        this.http = http;
        this.uploadUrl = uploadUrl;
        this.chunkBytes = chunkBytes;
    }

    /** The last answer of the service, whatever its status. */
    HttpResponse<InputStream> put(String object, Content content, boolean ifAbsent) throws IOException {
        String target = "&name=" + PercentEncoding.query(object) + (ifAbsent ? "&ifGenerationMatch=0" : "");
        // Read once: sealed content has other bytes at each opening.
        try (InputStream in = new WholeStream(content.open(), content.length())) {
            if (content.length() <= chunkBytes)
                return http.send(
                        Request.PUT,
                        request(uploadUrl + "?uploadType=media" + target)
                                .POST(BodyPublishers.ofByteArray(in.readAllBytes())),
                        ifAbsent ? Again.NO : Again.YES);
            return inChunks(target, in, content.length(), ifAbsent);
        }
    }

    private HttpResponse<InputStream> inChunks(String target, InputStream in, long length, boolean ifAbsent)
            throws IOException {
        HttpResponse<InputStream> begun = http.send(
                Request.PUT,
                request(uploadUrl + "?uploadType=resumable" + target).POST(BodyPublishers.noBody()),
                Again.YES);
        if (begun.statusCode() != 200) return begun;
        begun.body().close();
        String session = begun.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("The store began an upload and did not say where it goes on."));
        try {
            return sendChunks(session, in, length, ifAbsent);
        } catch (IOException | RuntimeException e) {
            cancel(session, e);
            throw e;
        }
    }

    private HttpResponse<InputStream> sendChunks(String session, InputStream in, long length, boolean ifAbsent)
            throws IOException {
        for (long sent = 0; ; ) {
            byte[] chunk = in.readNBytes(chunkBytes);
            long end = sent + chunk.length;
            String range = "bytes " + sent + "-" + (end - 1) + "/" + length;
            boolean isLast = end == length;
            HttpResponse<InputStream> answer = http.send(
                    Request.PUT,
                    request(session).header("Content-Range", range).PUT(BodyPublishers.ofByteArray(chunk)),
                    ifAbsent && isLast ? Again.NO : Again.YES);
            if (isLast || answer.statusCode() != 308) return answer;
            answer.body().close();
            requireReceived(answer, end);
            sent = end;
        }
    }

    private static void requireReceived(HttpResponse<InputStream> answer, long end) throws IOException {
        String received = answer.headers().firstValue("Range").orElse("nothing");
        if (!received.equals("bytes=0-" + (end - 1)))
            throw new IOException("The store kept " + received + " of the first " + end + " bytes of an upload.");
    }

    private void cancel(String session, Exception cause) {
        try {
            http.send(Request.DELETE, request(session).DELETE(), Again.NO)
                    .body()
                    .close();
        } catch (IOException e) {
            // The service forgets the session after a week; what matters is why the upload failed.
            cause.addSuppressed(e);
        }
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/octet-stream");
    }
}
