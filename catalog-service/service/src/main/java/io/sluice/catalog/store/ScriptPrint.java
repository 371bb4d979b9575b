package io.sluice.catalog.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** A text that is another one whenever a room's scripts are. Read off a jar's table of contents, so it costs nothing. */
final class ScriptPrint {
    private ScriptPrint() {}

    static String of(String room) {
        String folder = "db/" + room + "/";
        URL found = ScriptPrint.class.getClassLoader().getResource(folder);
        if (found == null) throw new IllegalStateException("there are no scripts in " + folder);
        try {
            URLConnection connection = found.openConnection();
            Map<String, Long> sums = connection instanceof JarURLConnection jar
                    ? inJar(jar, folder)
                    : inFolder(Path.of(URI.create(found.toString())));
            return sums.entrySet().stream()
                    .map(sum -> sum.getKey() + ":" + Long.toHexString(sum.getValue()))
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException("the scripts in " + folder + " cannot be read", e);
        }
    }

    private static Map<String, Long> inJar(JarURLConnection jar, String folder) throws IOException {
        // The class loader's own, which stays open.
        return jar.getJarFile().stream()
                .filter(entry -> entry.getName().startsWith(folder) && !entry.isDirectory())
                .collect(Collectors.toMap(
                        entry -> entry.getName().substring(folder.length()),
                        ZipEntry::getCrc,
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Map<String, Long> inFolder(Path folder) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        try (Stream<Path> scripts = Files.list(folder)) {
            for (Path script : scripts.toList())
                sums.put(script.getFileName().toString(), sum(Files.readAllBytes(script)));
        }
        return sums;
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }
}
