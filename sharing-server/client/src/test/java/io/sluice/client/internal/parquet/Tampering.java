package io.sluice.client.internal.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** Files whose headers and footers claim what is not so. */
final class Tampering {
    private Tampering() {}

    static byte[] footer(byte[] file, Consumer<FileMetaData> change) throws IOException {
        int from = footerStart(file);
        FileMetaData footer = read(file);
        change.accept(footer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, from);
        finish(out, footer);
        return out.toByteArray();
    }

    /** Changes the header of the first page of the first column, which moves behind all others. */
    static byte[] firstPage(byte[] file, Consumer<PageHeader> change) throws IOException {
        FileMetaData footer = read(file);
        ColumnMetaData column =
                footer.getRow_groups().get(0).getColumns().get(0).getMeta_data();
        int start = (int)
                (column.isSetDictionary_page_offset()
                        ? column.getDictionary_page_offset()
                        : column.getData_page_offset());
        ByteArrayInputStream chunk = new ByteArrayInputStream(file, start, (int) column.getTotal_compressed_size());
        PageHeader header = Util.readPageHeader(chunk);
        change.accept(header);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, footerStart(file));
        int moved = out.size();
        Util.writePageHeader(header, out);
        chunk.transferTo(out);
        column.setDictionary_page_offsetIsSet(false);
        column.setData_page_offset(moved);
        column.setTotal_compressed_size(out.size() - moved);
        finish(out, footer);
        return out.toByteArray();
    }

    private static FileMetaData read(byte[] file) throws IOException {
        int from = footerStart(file);
        return Util.readFileMetaData(new ByteArrayInputStream(file, from, file.length - from));
    }

    private static int footerStart(byte[] file) {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        return file.length - 8 - length;
    }

    private static void finish(ByteArrayOutputStream out, FileMetaData footer) throws IOException {
        int before = out.size();
        Util.writeFileMetaData(footer, out);
        int length = out.size() - before;
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array());
        out.write("PAR1".getBytes(StandardCharsets.US_ASCII));
    }
}
