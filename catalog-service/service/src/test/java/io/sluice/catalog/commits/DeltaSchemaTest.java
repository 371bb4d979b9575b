package io.sluice.catalog.commits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.catalog.record.Column;
import io.sluice.model.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of Delta's API against those of the catalog. */
class DeltaSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'long'                      | LONG          | bigint",
                "'integer'                   | INT           | int",
                "'short'                     | SHORT         | smallint",
                "'byte'                      | BYTE          | tinyint",
                "'timestamp_ntz'             | TIMESTAMP_NTZ | timestamp_ntz",
                "'variant'                   | VARIANT       | variant",
                "'decimal(38,18)'            | DECIMAL       | 'decimal(38,18)'",
            })
    void aTypeHasANameInTheCatalogAndOneInSql(String type, String name, String text) throws Exception {
        Column column = DeltaSchema.read(struct("\"" + type + "\"")).get(0);
        assertThat(column.typeName()).isEqualTo(name);
        assertThat(column.typeText()).isEqualTo(text);
        assertThat(JSON.readTree(column.typeJson()).path("type").asText()).isEqualTo(type);
    }

    @Test
    void namesWithinNestedTypesAreKebabOnTheWireAndAsInTheLogInTheStore() throws Exception {
        JsonNode wire = struct("""
                {"type":"array","contains-null":true,"element-type":
                  {"type":"map","key-type":"string","value-contains-null":false,"value-type":
                    {"type":"struct","fields":[
                      {"name":"element-type","type":"long","nullable":true,
                       "metadata":{"contains-null":"kept","delta.columnMapping.id":7}}]}}}""");
        Column column = DeltaSchema.read(wire).get(0);
        assertThat(column.typeText()).isEqualTo("array<map<string,struct<element-type:bigint>>>");
        JsonNode stored = JSON.readTree(column.typeJson()).path("type");
        assertThat(stored.at("/elementType/valueContainsNull").isBoolean()).isTrue();
        JsonNode inner = stored.at("/elementType/valueType/fields/0");
        assertThat(inner.path("name").asText()).isEqualTo("element-type");
        assertThat(inner.path("metadata").path("contains-null").asText()).isEqualTo("kept");

        assertThat(DeltaSchema.write(List.of(column))).isEqualTo(wire);
    }

    @Test
    void aColumnThatWasRegisteredByTheNameOfItsTypeIsWrittenAsTheLogHasIt() {
        Column column = new Column("amount", "decimal(9,2)", null, "DECIMAL", 9, 2, null, 0, null, false, null);
        JsonNode field = DeltaSchema.write(List.of(column)).path("fields").get(0);
        assertThat(field.path("type").asText()).isEqualTo("decimal(9,2)");
        assertThat(field.path("nullable").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"decimal(39,2)\"",
                "\"decimal(5,6)\"",
                "\"number\"",
                "{\"type\":\"array\",\"element-type\":\"long\"}",
                "{\"type\":\"array\",\"contains-null\":true}",
                "{\"type\":\"map\",\"key-type\":\"long\",\"value-contains-null\":true}",
                "{\"type\":\"struct\",\"fields\":[]}",
                "{\"type\":\"tensor\"}",
                "17"
            })
    void whatIsNoTypeOfDeltaIsRefused(String type) {
        assertThatThrownBy(() -> DeltaSchema.read(struct(type))).isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"struct\"}",
                "[]",
                "{\"type\":\"struct\",\"fields\":[{\"type\":\"long\",\"nullable\":true,\"metadata\":{}}]}",
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"long\",\"nullable\":true}]}",
                """
                {"type":"struct","fields":[{"name":"a","type":"long","nullable":true,"metadata":{}},
                {"name":"A","type":"long","nullable":true,"metadata":{}}]}"""
            })
    void aSchemaIsAStructOfFieldsWithDifferentNames(String schema) {
        assertThatThrownBy(() -> DeltaSchema.read(JSON.readTree(schema))).isInstanceOf(Failure.class);
    }

    private static JsonNode struct(String type) throws Exception {
        return JSON.readTree("{\"type\":\"struct\",\"fields\":[{\"name\":\"c\",\"type\":" + type
                + ",\"nullable\":true,\"metadata\":{}}]}");
    }
}
