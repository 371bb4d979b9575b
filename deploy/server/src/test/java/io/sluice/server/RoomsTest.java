package io.sluice.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the import table of docs/architecture.md for the product's rooms; the benchmarks may know all. */
class RoomsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sluice");

    /** A room, and whom it may know. A room that is not here fails the first test. */
    private enum Room {
        MODEL,
        CRYPTO,
        SHARDER,
        CLIENT,
        LAKE(MODEL, CRYPTO),
        CATALOG(MODEL, CRYPTO, SHARDER, LAKE),
        SHARING(MODEL, CRYPTO, SHARDER, CLIENT, LAKE),
        REPLICA(MODEL, CRYPTO, LAKE, CLIENT),
        CHARGEBACK(MODEL),
        SERVER(MODEL, CRYPTO, SHARDER, CLIENT, LAKE, CATALOG, SHARING, REPLICA, CHARGEBACK),
        CLI(MODEL, CLIENT),
        CLUSTER,
        SIMULATION(MODEL, CRYPTO, SHARDER, LAKE, CATALOG);

        private final Set<Room> mayKnow;

        Room(Room... mayKnow) {
            this.mayKnow = Set.of(mayKnow);
        }

        String packages() {
            return "io.sluice." + name().toLowerCase(Locale.ROOT) + "..";
        }

        String[] packagesItMayKnow() {
            return Stream.concat(Stream.of(this), mayKnow.stream())
                    .map(Room::packages)
                    .toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @EnumSource(Room.class)
    void a_room_knows_only_the_rooms_that_the_table_allows(Room room) {
        DescribedPredicate<JavaClass> otherRooms = resideInAPackage("io.sluice..")
                .and(DescribedPredicate.not(resideInAnyPackage(room.packagesItMayKnow())));
        noClasses()
                .that()
                .resideInAPackage(room.packages())
                .should()
                .dependOnClassesThat(otherRooms)
                .check(HOUSE);
    }

    @Test
    void every_class_of_the_house_stands_in_a_room_of_the_table() {
        String[] all = Arrays.stream(Room.values()).map(Room::packages).toArray(String[]::new);
        classes().should().resideInAnyPackage(all).check(HOUSE);
    }

    @Test
    void no_room_of_the_table_is_empty() {
        Set<Room> empty = Arrays.stream(Room.values())
                .filter(room -> HOUSE.stream().noneMatch(resideInAPackage(room.packages())))
                .collect(Collectors.toSet());
        assertThat(empty).isEmpty();
    }

    /** Constructors wire these rooms; their tests start at once, and they would run under any framework. */
    @Test
    void the_framework_lives_in_the_rest_layers_and_in_the_server_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sluice.catalog.rest..", "io.sluice.sharing.rest..", "io.sluice.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "jakarta.enterprise..", "jakarta.inject..", "jakarta.ws.rs..", "io.vertx..")
                .check(HOUSE);
    }

    @Test
    void the_jars_of_table_formats_have_one_home() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sluice.lake..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.delta..", "org.apache.hadoop..", "org.apache.parquet..hadoop..", "org.apache.avro..")
                .check(HOUSE);
    }

    @Test
    void parquet_is_read_in_the_lake_and_by_recipients_only() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sluice.lake..", "io.sluice.client.internal.parquet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.parquet..")
                .check(HOUSE);
    }
}
