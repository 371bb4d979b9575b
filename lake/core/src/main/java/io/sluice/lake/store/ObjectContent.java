package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;

/** An object that is there, as what is to be written elsewhere. */
record ObjectContent(ObjectStore store, String key, long length) implements Content {
    static ObjectContent of(ObjectStore store, String key) throws IOException {
        ObjectInfo info = store.head(key)
                .orElseThrow(() ->
                        new ObjectNotFoundException("There is no object \"" + key + "\" in " + store.root() + "."));
        return new ObjectContent(store, key, info.length());
    }

    @Override
    public InputStream open() throws IOException {
        return store.read(key, ByteRange.of(0, length));
    }
}
