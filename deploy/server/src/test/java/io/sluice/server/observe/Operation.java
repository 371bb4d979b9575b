package io.sluice.server.observe;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A method of a resource: how it is reached, and what its code reads and writes. */
record Operation(ResourceRoute route, Method method, JavaMethod code) {

    /** All that the program declares, by path. */
    static List<Operation> all() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.sluice").stream()
                        .filter(resource -> resource.isAnnotatedWith(Path.class))
                        .flatMap(resource -> resource.getMethods().stream())
                        .filter(Operation::answersRequests)
                        .map(Operation::of)
                        .sorted(Comparator.comparing((Operation operation) ->
                                        operation.route().template())
                                .thenComparing(operation -> operation.route().method()))
                        .toList();
    }

    private static boolean answersRequests(JavaMethod method) {
        return Stream.of(method.reflect().getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    private static Operation of(JavaMethod code) {
        Method method = code.reflect();
        return new Operation(ResourceRoute.of(method), method, code);
    }

    String group() {
        return method.getDeclaringClass().getSimpleName().replace("Resource", "");
    }

    boolean hasBody() {
        return Stream.of(method.getParameterTypes()).anyMatch(byte[].class::equals);
    }

    boolean isManagementOfShares() {
        return method.getDeclaringClass().getPackageName().startsWith("io.sluice.sharing");
    }

    /** The classes that this method and its helpers in the same class name, as in {@code Wire.read(body, X.class)}. */
    Stream<Class<?>> namedClasses() {
        return own().flatMap(unit -> unit.getReferencedClassObjects().stream())
                .map(reference -> reference.getRawType().reflect());
    }

    /** The records that the method's code makes or gets made. */
    Stream<Class<?>> madeRecords() {
        return calls().map(target -> target instanceof AccessTarget.ConstructorCallTarget made
                        ? made.getOwner()
                        : target.getRawReturnType())
                .filter(JavaClass::isRecord)
                .map(JavaClass::reflect);
    }

    boolean calls(String owner, String name) {
        return calls().anyMatch(target -> target.getOwner().getSimpleName().equals(owner)
                && target.getName().equals(name));
    }

    Stream<AccessTarget.CodeUnitCallTarget> calls() {
        return own().flatMap(unit -> unit.getCallsFromSelf().stream()).map(call -> call.getTarget());
    }

    private Stream<JavaCodeUnit> own() {
        Set<JavaCodeUnit> found = new LinkedHashSet<>();
        collect(code, found);
        return found.stream();
    }

    private static void collect(JavaCodeUnit unit, Set<JavaCodeUnit> found) {
        if (!found.add(unit)) return;
        unit.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().equals(unit.getOwner()))
                .flatMap(call -> call.getTarget().resolveMember().stream())
                .forEach(callee -> collect(callee, found));
    }
}
