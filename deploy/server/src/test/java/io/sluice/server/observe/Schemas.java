package io.sluice.server.observe;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Set;

/** Describes types as the JSON mapper reads and writes them: it is asked for the names of the fields. */
final class Schemas {
    private static final Set<Class<?>> INTEGERS = Set.of(int.class, long.class, Integer.class, Long.class);
    private static final Set<Class<?>> FLAGS = Set.of(boolean.class, Boolean.class);
    private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class, BigDecimal.class);

    /** How a face writes the names of fields. */
    enum Spelling {
        SNAKE(PropertyNamingStrategies.SNAKE_CASE),
        CAMEL(PropertyNamingStrategies.LOWER_CAMEL_CASE),
        KEBAB(PropertyNamingStrategies.KEBAB_CASE);

        private final JsonMapper mapper;

        Spelling(PropertyNamingStrategy names) {
            this.mapper = JsonMapper.builder().propertyNamingStrategy(names).build();
        }
    }

    private final ObjectNode components;

    Schemas(ObjectNode components) {
        this.components = components;
    }

    void put(ObjectNode holder, Type type, Spelling spelling) {
        describe(holder.putObject("schema"), spelling.mapper.constructType(type), spelling);
    }

    private void describe(ObjectNode node, JavaType type, Spelling spelling) {
        Class<?> raw = type.getRawClass();
        if (INTEGERS.contains(raw)) node.put("type", "integer");
        else if (FLAGS.contains(raw)) node.put("type", "boolean");
        else if (NUMBERS.contains(raw)) node.put("type", "number");
        else if (type.isMapLikeType()) {
            node.put("type", "object");
            describe(node.putObject("additionalProperties"), type.getContentType(), spelling);
        } else if (type.isCollectionLikeType() || type.isArrayType()) {
            node.put("type", "array");
            describe(node.putObject("items"), type.getContentType(), spelling);
        } else if (type.isReferenceType()) describe(node, type.getReferencedType(), spelling);
        else if (raw.isEnum()) {
            node.put("type", "string");
            for (Object value : raw.getEnumConstants()) node.withArray("enum").add(((Enum<?>) value).name());
        } else if (raw.isRecord()) node.put("$ref", "#/components/schemas/" + component(type, spelling));
        // Whatever JSON is sent there is kept as it came.
        else if (!JsonNode.class.isAssignableFrom(raw) && raw != Object.class) node.put("type", "string");
    }

    private String component(JavaType type, Spelling spelling) {
        Class<?> raw = type.getRawClass();
        Class<?> outer = raw.getDeclaringClass();
        String name = (outer == null ? "" : outer.getSimpleName().replace("Resource", "") + ".") + raw.getSimpleName();
        if (components.has(name)) return name;
        ObjectNode properties = components.putObject(name).put("type", "object").putObject("properties");
        BeanDescription bean = spelling.mapper.getSerializationConfig().introspect(type);
        for (BeanPropertyDefinition field : bean.findProperties())
            describe(properties.putObject(field.getName()), field.getPrimaryType(), spelling);
        return name;
    }
}
