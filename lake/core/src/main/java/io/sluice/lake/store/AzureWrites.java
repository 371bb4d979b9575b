package io.sluice.lake.store;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Blobs in one request, or in blocks and a last request that makes them a blob. Blocks that never become one are
 * dropped by the service after a week. Throws what the SDK throws.
 */
final class AzureWrites {
    static final int BLOCK_BYTES = 16 << 20;
    private static final long MOST_BLOCKS = 50_000;

    private final AzureClients clients;
    private final int blockBytes;

    AzureWrites(AzureClients clients, int blockBytes) {
        this.clients = clients;
        this.blockBytes = blockBytes;
    }

    void put(String blob, Content content, boolean ifAbsent) throws IOException {
        if (content.length() > MOST_BLOCKS * blockBytes)
            throw Failure.tooLarge(
                    "The object \"%s\" has %d bytes; the store takes at most %d. Write smaller files.",
                    blob, content.length(), MOST_BLOCKS * blockBytes);
        // Read once, a block at a time: sealed content has other bytes at each opening, and a block can be sent again.
        try (InputStream in = new WholeStream(content.open(), content.length())) {
            if (content.length() <= blockBytes) putWhole(blob, in.readAllBytes(), ifAbsent);
            else putBlocks(blob, in, ifAbsent);
        }
    }

    private void putWhole(String blob, byte[] bytes, boolean ifAbsent) {
        var options = new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(bytes))
                .setRequestConditions(conditions(ifAbsent));
        client(ifAbsent ? clients.once() : clients.container(), blob).uploadWithResponse(options, null, null);
    }

    private void putBlocks(String blob, InputStream in, boolean ifAbsent) throws IOException {
        BlockBlobClient retrying = client(clients.container(), blob);
        List<String> blocks = new ArrayList<>();
        for (byte[] block = in.readNBytes(blockBytes); block.length > 0; block = in.readNBytes(blockBytes)) {
            String id = id(blocks.size());
            retrying.stageBlock(id, BinaryData.fromBytes(block));
            blocks.add(id);
        }
        var options = new BlockBlobCommitBlockListOptions(blocks).setRequestConditions(conditions(ifAbsent));
        client(ifAbsent ? clients.once() : clients.container(), blob).commitBlockListWithResponse(options, null, null);
    }

    private static BlockBlobClient client(BlobContainerClient container, String blob) {
        return container.getBlobClient(blob).getBlockBlobClient();
    }

    private static BlobRequestConditions conditions(boolean ifAbsent) {
        BlobRequestConditions conditions = new BlobRequestConditions();
        return ifAbsent ? conditions.setIfNoneMatch("*") : conditions;
    }

    /** All of one length, as the service wants it. */
    private static String id(int number) {
        return Base64.getEncoder().encodeToString("%06d".formatted(number).getBytes(StandardCharsets.US_ASCII));
    }
}
