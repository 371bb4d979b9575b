package io.sluice.client.internal.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** How pages are packed. */
enum Codec {
    UNCOMPRESSED {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            requireSize(packed.length, size);
            return packed;
        }
    },
    SNAPPY {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            requireSize(Snappy.uncompressedLength(packed), size);
            return Snappy.uncompress(packed);
        }
    },
    GZIP {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                byte[] bytes = in.readNBytes(size);
                requireSize(in.read() < 0 ? bytes.length : size + 1L, size);
                return bytes;
            }
        }
    },
    ZSTD {
        @Override
        byte[] unpack(byte[] packed, int size) throws IOException {
            byte[] bytes = new byte[size];
            long unpacked = Zstd.decompressByteArray(bytes, 0, size, packed, 0, packed.length);
            if (Zstd.isError(unpacked))
                throw UnreadableFileException.because("it is damaged (%s)", Zstd.getErrorName(unpacked));
            requireSize(unpacked, size);
            return bytes;
        }
    };

    /** @param size of the bytes unpacked, as the page claims it */
    abstract byte[] unpack(byte[] packed, int size) throws IOException;

    static Codec of(CompressionCodec codec) throws UnreadableFileException {
        for (Codec known : values()) if (known.name().equals(codec.name())) return known;
        throw UnreadableFileException.because(
                "it is compressed with %s; this client reads UNCOMPRESSED, SNAPPY, GZIP and ZSTD", codec);
    }

    private static void requireSize(long unpacked, int claimed) throws UnreadableFileException {
        if (unpacked != claimed)
            throw UnreadableFileException.because(
                    "it is damaged (a page claims %d bytes unpacked and has others)", claimed);
    }
}
