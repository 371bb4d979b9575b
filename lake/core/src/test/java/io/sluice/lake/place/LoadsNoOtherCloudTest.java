package io.sluice.lake.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps its tables in one place must not wait at its start for the SDKs of others. */
final class LoadsNoOtherCloudTest {
    @Test
    void openingAFolderLoadsNoSdk(@TempDir Path folder) throws Exception {
        // All classes of ours and of the SDKs are loaded anew by a loader that writes down what it is asked for.
        Recording loader = new Recording();
        Class<?> config = loader.loadClass("io.sluice.lake.place.StoreConfig");
        Class<?> region = loader.loadClass("io.sluice.model.place.Region");
        Object local = config.getMethod("local", String.class, region, URI.class)
                .invoke(
                        null,
                        "here",
                        region.getConstructor(String.class, String.class).newInstance("local", "here"),
                        folder.toUri());
        Closeable stores = (Closeable) loader.loadClass("io.sluice.lake.place.Stores")
                .getMethod("open", List.class)
                .invoke(null, List.of(local));
        stores.close();

        assertThat(loader.asked).contains("io.sluice.lake.store.LocalObjectStore");
        assertThat(loader.asked)
                .noneMatch(name -> name.startsWith("software.amazon.")
                        || name.startsWith("com.azure.")
                        || name.startsWith("reactor.")
                        || name.equals("io.sluice.lake.store.GoogleObjectStore"));
    }

    private static final class Recording extends ClassLoader {
        final Set<String> asked = ConcurrentHashMap.newKeySet();

        Recording() {
            super(LoadsNoOtherCloudTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                asked.add(name);
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) return loaded;
                return name.startsWith("io.sluice.") ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = getResourceAsStream(file)) {
                if (in == null) throw new ClassNotFoundException(name);
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
