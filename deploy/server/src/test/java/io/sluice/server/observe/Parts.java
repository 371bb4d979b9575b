package io.sluice.server.observe;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

/** A record and all records that stand in it, at any depth. */
final class Parts {
    private Parts() {}

    static Set<Class<?>> of(Class<?> whole) {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(whole, found);
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic)
            for (Type argument : generic.getActualTypeArguments()) collect(argument, found);
        else if (type instanceof Class<?> raw && raw.isRecord() && found.add(raw))
            for (RecordComponent part : raw.getRecordComponents()) collect(part.getGenericType(), found);
    }
}
