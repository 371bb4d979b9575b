package io.sluice.lake.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder in the order of their keys. A folder sorts as its name with a slash, which is what makes
 * the order of a walk equal to the order of whole keys. Reads one folder at a time, and none that cannot match.
 */
final class FolderWalk implements Iterator<ObjectInfo> {
    private final Path root;
    private final String prefix;
    private final String after;
    private final Deque<Iterator<String>> open = new ArrayDeque<>();
    private @Nullable ObjectInfo next;

    FolderWalk(Path root, String prefix, String after) throws IOException {
        this.root = root;
        this.prefix = prefix;
        this.after = after;
        open.push(namesIn(prefix.substring(0, prefix.lastIndexOf('/') + 1)));
        this.next = advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ObjectInfo next() {
        ObjectInfo current = next;
        if (current == null) throw new NoSuchElementException();
        try {
            next = advance();
        } catch (IOException e) {
            throw LocalObjectStore.unchecked(e);
        }
        return current;
    }

    private @Nullable ObjectInfo advance() throws IOException {
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                continue;
            }
            String name = open.peek().next();
            if (name.endsWith("/")) open.push(namesIn(name));
            else {
                Optional<ObjectInfo> info = info(name);
                if (info.isPresent()) return info.get();
            }
        }
        return null;
    }

    /** Keys and, with a slash at their end, folders below a folder; sorted, and only what may hold an answer. */
    private Iterator<String> namesIn(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path entry : entries) addMatching(folder + entry.getFileName(), entry, names);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.<String>of().iterator();
        }
        names.sort(ObjectKeys.ORDER);
        return names.iterator();
    }

    private void addMatching(String key, Path entry, List<String> names) {
        if (entry.endsWith(ObjectKeys.WORK_FOLDER)) return;
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            String folder = key + "/";
            boolean inPrefix = folder.startsWith(prefix) || prefix.startsWith(folder);
            boolean past = after.startsWith(folder) || ObjectKeys.ORDER.compare(folder, after) > 0;
            if (inPrefix && past) names.add(folder);
        } else if (key.startsWith(prefix) && ObjectKeys.ORDER.compare(key, after) > 0) {
            names.add(key);
        }
    }

    private Optional<ObjectInfo> info(String key) throws IOException {
        try {
            var attributes =
                    Files.readAttributes(root.resolve(key), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) return Optional.empty();
            return Optional.of(new ObjectInfo(
                    key, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // Deleted since the folder was read.
        }
    }
}
