package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Objects in parts. An upload that fails is aborted, so that its parts are neither kept nor paid for; readers see the
 * object when its last request succeeds, or never.
 */
final class S3Uploads {
    private final S3Clients clients;
    private final String bucket;
    private final S3Parts parts;

    S3Uploads(S3Clients clients, String bucket, S3Parts parts) {
        this.clients = clients;
        this.bucket = bucket;
        this.parts = parts;
    }

    /** Throws what the SDK throws. */
    void put(String object, Content content, boolean ifAbsent) throws IOException {
        int partBytes = parts.partBytesOf(object, content.length());
        upload(object, ifAbsent, uploadId -> {
            List<CompletedPart> completed = new ArrayList<>();
            // Read once: sealed content has other bytes at each opening. A part is held so that it can be sent again.
            try (InputStream in = new WholeStream(content.open(), content.length())) {
                for (byte[] part = in.readNBytes(partBytes); part.length > 0; part = in.readNBytes(partBytes))
                    completed.add(send(object, uploadId, completed.size() + 1, part));
            }
            return completed;
        });
    }

    /** Copies an object of {@code length} bytes within the service. */
    void copy(ServiceObject source, long length, String object) throws IOException {
        upload(object, false, uploadId -> {
            List<CompletedPart> completed = new ArrayList<>();
            for (long start = 0; start < length; start += parts.copyBytes()) {
                String range = "bytes=" + start + "-" + (Math.min(start + parts.copyBytes(), length) - 1);
                int number = completed.size() + 1;
                var copied = clients.client()
                        .uploadPartCopy(request -> request.bucket(bucket)
                                .key(object)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .sourceBucket(source.container())
                                .sourceKey(source.name())
                                .copySourceRange(range));
                completed.add(part(number, copied.copyPartResult().eTag()));
            }
            return completed;
        });
    }

    private interface Sender {
        List<CompletedPart> send(String uploadId) throws IOException;
    }

    private void upload(String object, boolean ifAbsent, Sender sender) throws IOException {
        String uploadId = clients.client()
                .createMultipartUpload(request -> request.bucket(bucket).key(object))
                .uploadId();
        try {
            complete(object, uploadId, sender.send(uploadId), ifAbsent);
        } catch (IOException | RuntimeException e) {
            abort(object, uploadId, e);
            throw e;
        }
    }

    private CompletedPart send(String object, String uploadId, int number, byte[] part) {
        Content sent = clients.meter().sent(Content.of(part));
        var answer = clients.client()
                .uploadPart(
                        request -> request.bucket(bucket)
                                .key(object)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength((long) part.length),
                        S3Clients.body(sent));
        return part(number, answer.eTag());
    }

    private void complete(String object, String uploadId, List<CompletedPart> completed, boolean ifAbsent) {
        var request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(object)
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(completed));
        S3Client client = ifAbsent ? clients.once() : clients.client();
        client.completeMultipartUpload(ifAbsent ? request.ifNoneMatch("*").build() : request.build());
    }

    private void abort(String object, String uploadId, Exception cause) {
        try {
            clients.client()
                    .abortMultipartUpload(
                            request -> request.bucket(bucket).key(object).uploadId(uploadId));
        } catch (SdkException e) {
            // What remains is cleared by the bucket's own rules; what matters is why the upload failed.
            cause.addSuppressed(e);
        }
    }

    private static CompletedPart part(int number, String eTag) {
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }
}
