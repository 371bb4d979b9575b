package io.sluice.sharing.query;

import io.sluice.sharing.wire.LineWriter;
import java.io.IOException;

/** Lines of files that were looked at one by one, and of what stands among them. */
final class SelectedLines implements ListedLines {
    private final Pages<ListedAction> page;
    private final FileRenderer renderer;
    private long files;
    private long bytes;

    SelectedLines(Pages<ListedAction> page, FileRenderer renderer) {
        this.page = page;
        this.renderer = renderer;
    }

    @Override
    public boolean hasNext() {
        return page.hasNext();
    }

    @Override
    public void writeNext(LineWriter out) throws IOException {
        ListedAction listed = page.next();
        if (listed instanceof ListedAction.OfTable table) {
            out.line(table.line());
            return;
        }
        ListedAction.OfFile file = (ListedAction.OfFile) listed;
        renderer.write(file, out);
        files++;
        bytes += file.action().size();
    }

    @Override
    public long listed() {
        return page.listed();
    }

    @Override
    public boolean isFollowed() {
        return page.isFollowed();
    }

    @Override
    public long files() {
        return files;
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
