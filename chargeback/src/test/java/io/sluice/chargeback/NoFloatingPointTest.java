package io.sluice.chargeback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Money and bytes never touch binary floating point: not in a field, not in a signature, not in a call. */
class NoFloatingPointTest {
    private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
    private static final DescribedPredicate<JavaClass> IS_FLOATING =
            DescribedPredicate.describe("a floating-point type", type -> FLOATING.contains(type.getName()));

    private final JavaClasses product = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sluice.chargeback");

    @Test
    void noFloatingPointNumberIsKeptPassedOrAskedFor() {
        noClasses().should(useFloatingPoint()).check(product);
    }

    private static ArchCondition<JavaClass> useFloatingPoint() {
        return new ArchCondition<>("use floating-point numbers") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields())
                    report(events, IS_FLOATING.test(field.getRawType()), field.getFullName());
                for (JavaCodeUnit unit : type.getCodeUnits())
                    report(events, mentionsFloating(unit), unit.getFullName());
                for (JavaAccess<?> access : type.getAccessesFromSelf())
                    report(
                            events,
                            access.getTarget().getName().matches(".*(double|float|Double|Float).*")
                                    || IS_FLOATING.test(access.getTargetOwner()),
                            access.getDescription());
            }

            private void report(ConditionEvents events, boolean found, String what) {
                if (found) events.add(SimpleConditionEvent.satisfied(what, what));
            }
        };
    }

    private static boolean mentionsFloating(JavaCodeUnit unit) {
        return IS_FLOATING.test(unit.getRawReturnType())
                || unit.getRawParameterTypes().stream().anyMatch(IS_FLOATING);
    }
}
