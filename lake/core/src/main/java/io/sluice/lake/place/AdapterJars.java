package io.sluice.lake.place;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of jars with an adapter in it. Its classes are its own, whatever versions of them the server has; what they
 * share with the server is Java, our own ports and the log.
 */
final class AdapterJars extends URLClassLoader {
    private static final List<String> SHARED = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "org.slf4j.",
            "org.jspecify.",
            "io.sluice.model.",
            "io.sluice.lake.place.",
            "io.sluice.lake.store.");

    /** One for each folder, however many stores name it. */
    private static final Map<Path, StoreAdapter> LOADED = new ConcurrentHashMap<>();

    private AdapterJars(URL[] jars) {
        super("store adapter", jars, AdapterJars.class.getClassLoader());
    }

    static StoreAdapter adapter(Path folder) throws IOException {
        StoreAdapter known = LOADED.get(folder);
        if (known != null) return known;
        StoreAdapter loaded = load(folder);
        StoreAdapter first = LOADED.putIfAbsent(folder, loaded);
        return first == null ? loaded : first;
    }

    private static StoreAdapter load(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        // The folder itself too, for settings that stand beside the jars.
        jars.add(folder.toUri().toURL());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList())
                if (file.toString().endsWith(".jar")) jars.add(file.toUri().toURL());
        }
        return ServiceLoader.load(StoreAdapter.class, new AdapterJars(jars.toArray(URL[]::new)))
                .findFirst()
                .orElseThrow(() -> Failure.invalid(
                        "The folder %s holds no jar with an adapter for stores. Name the folder that the build of "
                                + "lake/hadoop made, or leave client-jars out.",
                        folder));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) loaded = findOwn(name);
            if (loaded == null) return super.loadClass(name, resolve);
            if (resolve) resolveClass(loaded);
            return loaded;
        }
    }

    private @Nullable Class<?> findOwn(String name) {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    /** Never the server's, whose lists of services name classes that are not these. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(findResources(name)));
    }
}
