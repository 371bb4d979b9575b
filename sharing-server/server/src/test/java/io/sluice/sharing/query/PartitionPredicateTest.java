package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharing.internal.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionPredicateTest {
    @ParameterizedTest
    @CsvSource({
        "equal,int,10,10,TRUE",
        "equal,int,10,010,TRUE",
        "lessThan,int,9,10,TRUE",
        "lessThan,string,9,10,FALSE",
        "lessThanOrEqual,long,10,10,TRUE",
        "greaterThan,date,2026-01-10,2026-01-09,TRUE",
        "greaterThanOrEqual,date,2026-01-01,2026-01-09,FALSE",
        "equal,bool,TRUE,true,TRUE",
        "equal,bool,maybe,true,UNKNOWN",
        "equal,int,ten,10,UNKNOWN",
        "equal,timestamp,2026-01-01,2026-01-01,UNKNOWN",
        "equal,double,1.0,1,UNKNOWN",
        "startsWith,string,a,a,UNKNOWN"
    })
    void comparisonsFollowTheType(String op, String type, String value, String literal, Truth expected) {
        assertThat(test(compare(op, type, literal), value)).isEqualTo(expected);
    }

    @Test
    void whatCannotBeDecidedNeverLeavesAFileOut() {
        String yes = compare("equal", "int", "1");
        String no = compare("equal", "int", "2");
        String unknown = "{\"op\":\"equal\",\"children\":[{\"op\":\"column\",\"name\":\"other\",\"valueType\":\"int\"},"
                + "{\"op\":\"literal\",\"value\":\"1\",\"valueType\":\"int\"}]}";

        assertThat(test(tree("and", yes, unknown), "1")).isEqualTo(Truth.UNKNOWN);
        assertThat(test(tree("and", no, unknown), "1")).isEqualTo(Truth.FALSE);
        assertThat(test(tree("or", yes, unknown), "1")).isEqualTo(Truth.TRUE);
        assertThat(test(tree("or", no, unknown), "1")).isEqualTo(Truth.UNKNOWN);
        assertThat(test(tree("not", unknown), "1")).isEqualTo(Truth.UNKNOWN);
        assertThat(test(tree("not", no), "1")).isEqualTo(Truth.TRUE);
        assertThat(test(tree("and"), "1")).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void anAbsentValueIsNullAndComparesToNothing() {
        String isNull = "{\"op\":\"isNull\",\"children\":[{\"op\":\"column\",\"name\":\"p\",\"valueType\":\"int\"}]}";

        assertThat(test(isNull, null)).isEqualTo(Truth.TRUE);
        assertThat(test(isNull, "")).isEqualTo(Truth.TRUE);
        assertThat(test(isNull, "1")).isEqualTo(Truth.FALSE);
        assertThat(test(compare("equal", "int", "1"), null)).isEqualTo(Truth.UNKNOWN);
        assertThat(test(tree("not", compare("equal", "int", "1")), null)).isEqualTo(Truth.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nonsense", "[]", "1", "{}", "{\"op\":\"and\"}", "{\"op\":\"not\",\"children\":[]}"})
    void brokenHintsAreNoHints(String json) {
        assertThat(test(json, "1")).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void deepAndLongHintsAreNoHints() {
        String deep = compare("equal", "int", "1");
        for (int i = 0; i < 200; i++) deep = tree("not", deep);

        assertThat(test(deep, "1")).isEqualTo(Truth.UNKNOWN);
        assertThat(test(compare("equal", "string", "x".repeat(2 << 20)), "1")).isEqualTo(Truth.UNKNOWN);
    }

    private static Truth test(String json, String value) {
        return PartitionPredicate.parse(json).test(Json.object().put("P", value));
    }

    private static String compare(String op, String type, String literal) {
        return ("{'op':'%s','children':[{'op':'column','name':'p','valueType':'%s'},"
                        + "{'op':'literal','value':'%s','valueType':'%s'}]}")
                .formatted(op, type, literal, type)
                .replace('\'', '"');
    }

    private static String tree(String op, String... children) {
        return "{\"op\":\"" + op + "\",\"children\":[" + String.join(",", children) + "]}";
    }
}
