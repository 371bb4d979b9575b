package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.FileIndex;
import io.sluice.lake.table.IndexedFile;
import io.sluice.sharing.internal.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePredicateTest {
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
    void comparisonsFollowTheType(String op, String type, String value, String literal, String expected) {
        assertThat(name(test(compare(op, type, literal), value))).isEqualTo(expected);
    }

    @Test
    void whatCannotBeDecidedNeverLeavesAFileOut() {
        String yes = compare("equal", "int", "1");
        String no = compare("equal", "int", "2");
        String unknown = "{\"op\":\"equal\",\"children\":[{\"op\":\"column\",\"name\":\"other\",\"valueType\":\"int\"},"
                + "{\"op\":\"literal\",\"value\":\"1\",\"valueType\":\"int\"}]}";

        assertThat(test(tree("and", yes, unknown), "1")).satisfies(FilePredicateTest::undecided);
        assertThat(test(tree("and", no, unknown), "1")).isEqualTo(Outcomes.FALSE);
        assertThat(test(tree("or", yes, unknown), "1")).isEqualTo(Outcomes.TRUE);
        assertThat(test(tree("or", no, unknown), "1")).satisfies(FilePredicateTest::undecided);
        assertThat(test(tree("not", unknown), "1")).satisfies(FilePredicateTest::undecided);
        assertThat(test(tree("not", no), "1")).isEqualTo(Outcomes.TRUE);
        assertThat(test(tree("and"), "1")).satisfies(FilePredicateTest::undecided);
    }

    @Test
    void anAbsentValueIsNullAndComparesToNothing() {
        String isNull = "{\"op\":\"isNull\",\"children\":[{\"op\":\"column\",\"name\":\"p\",\"valueType\":\"int\"}]}";

        assertThat(test(isNull, null)).isEqualTo(Outcomes.TRUE);
        assertThat(test(isNull, "")).isEqualTo(Outcomes.TRUE);
        assertThat(test(isNull, "1")).isEqualTo(Outcomes.FALSE);
        // Neither it nor its opposite lets a row through.
        assertThat(test(compare("equal", "int", "1"), null)).isEqualTo(Outcomes.NULL);
        assertThat(test(tree("not", compare("equal", "int", "1")), null)).isEqualTo(Outcomes.NULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nonsense", "[]", "1", "{}", "{\"op\":\"and\"}", "{\"op\":\"not\",\"children\":[]}"})
    void brokenHintsAreNoHints(String json) {
        assertThat(test(json, "1")).satisfies(FilePredicateTest::undecided);
    }

    @Test
    void deepAndLongHintsAreNoHints() {
        String deep = compare("equal", "int", "1");
        for (int i = 0; i < 200; i++) deep = tree("not", deep);

        assertThat(test(deep, "1")).satisfies(FilePredicateTest::undecided);
        assertThat(test(compare("equal", "string", "x".repeat(2 << 20)), "1")).satisfies(FilePredicateTest::undecided);
    }

    @ParameterizedTest
    @CsvSource({
        // A column of 10 to 20, once without nulls and once with some.
        "lessThan,30,0,TRUE",
        "lessThan,10,0,FALSE",
        "lessThan,15,0,EITHER",
        "lessThanOrEqual,20,0,TRUE",
        "greaterThan,20,0,FALSE",
        "greaterThanOrEqual,10,0,TRUE",
        "equal,9,0,FALSE",
        "equal,15,0,EITHER",
        "lessThan,30,3,TRUE OR NULL",
        "lessThan,10,3,FALSE OR NULL"
    })
    void boundsDecideWhatTheyCan(String op, String literal, int nulls, String expected) {
        assertThat(name(FilePredicate.parse(compare(op, "int", literal)).test(file(nulls))))
                .isEqualTo(expected);
    }

    @Test
    void aFileOfNullsOnlyMatchesNothingButNull() {
        assertThat(FilePredicate.parse(compare("equal", "int", "1")).test(file(100)))
                .isEqualTo(Outcomes.NULL);
        assertThat(FilePredicate.parse(IS_NULL).test(file(100))).isEqualTo(Outcomes.TRUE);
        assertThat(FilePredicate.parse(IS_NULL).test(file(0)).mayBeTrue()).isFalse();
    }

    @Test
    void aLiteralMayStandOnTheLeft() {
        String flipped = "{'op':'lessThan','children':[{'op':'literal','value':'30','valueType':'int'},"
                + "{'op':'column','name':'p','valueType':'int'}]}";
        assertThat(FilePredicate.parse(flipped.replace('\'', '"')).test(file(0)).mayBeTrue())
                .isFalse();
    }

    private static final String IS_NULL =
            "{\"op\":\"isNull\",\"children\":[{\"op\":\"column\",\"name\":\"P\",\"valueType\":\"int\"}]}";

    private static FileFacts file(int nulls) {
        return facts(Json.object()
                .put(
                        "stats",
                        "{\"numRecords\":100,\"minValues\":{\"p\":10},\"maxValues\":{\"p\":20},\"nullCount\":{\"p\":%d}}"
                                .formatted(nulls)));
    }

    private static FileFacts facts(ObjectNode add) {
        IndexedFile file = FileIndex.of(List.of(DataFile.of(add))).file(0);
        return FileFacts.of(file.partitionValues()).in(file);
    }

    private static String name(Outcomes outcomes) {
        if (outcomes.equals(Outcomes.UNKNOWN)) return "UNKNOWN";
        String sure =
                outcomes.mayBeTrue() && outcomes.mayBeFalse() ? "EITHER" : outcomes.mayBeTrue() ? "TRUE" : "FALSE";
        return outcomes.mayBeNull() ? sure + " OR NULL" : sure;
    }

    private static void undecided(Outcomes outcomes) {
        assertThat(outcomes.mayBeTrue()).isTrue();
        assertThat(outcomes.isTrueForAll()).isFalse();
    }

    private static Outcomes test(String json, @Nullable String value) {
        ObjectNode add = Json.object();
        add.putObject("partitionValues").put("P", value);
        return FilePredicate.parse(json).test(facts(add));
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
