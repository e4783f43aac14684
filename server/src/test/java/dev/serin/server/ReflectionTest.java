package dev.serin.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the native executable knows of records only by its name: the JVM would find it anyway, so no
/// other test here would miss it.
@DisplayName("A record that is written as JSON")
class ReflectionTest {

    private final Set<Class<?>> registered = registered();

    @Test
    @DisplayName("has only parts that a native executable can write too")
    void isRegisteredWhole() {
        var records = registered.stream().filter(Class::isRecord).toList();

        assertThat(records).hasSizeGreaterThan(20);
        assertThat(records.stream().flatMap(this::unregistered)).isEmpty();
    }

    private static Set<Class<?>> registered() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.serin.server")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(RegisterForReflection.class))
                        .map(JavaClass::reflect)
                        .flatMap(type ->
                                Stream.concat(
                                        Stream.of(type),
                                        Arrays.stream(
                                                type.getAnnotation(RegisterForReflection.class)
                                                        .targets())))
                        .collect(Collectors.toSet());
    }

    private Stream<String> unregistered(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(part ->
                        within(part.getGenericType())
                                .filter(this::needsRegistering)
                                .map(of -> said(type, part, of)));
    }

    private static String said(Class<?> type, RecordComponent part, Class<?> of) {
        return "%s.%s holds %s, which lacks @RegisterForReflection"
                .formatted(type.getName(), part.getName(), of.getName());
    }

    private boolean needsRegistering(Class<?> type) {
        return type.getName().startsWith("dev.serin.")
                && !type.isEnum()
                && !registered.contains(type);
    }

    /// The type, and those that it is made of.
    private static Stream<Class<?>> within(Type type) {
        return switch (type) {
            case Class<?> plain when plain.isArray() -> within(plain.getComponentType());
            case Class<?> plain -> Stream.of(plain);
            case ParameterizedType many ->
                    Stream.concat(List.of(many.getRawType()).stream(), typesOf(many))
                            .flatMap(ReflectionTest::within);
            case WildcardType any ->
                    Arrays.stream(any.getUpperBounds()).flatMap(ReflectionTest::within);
            default -> Stream.of();
        };
    }

    private static Stream<Type> typesOf(ParameterizedType many) {
        return Arrays.stream(many.getActualTypeArguments());
    }
}
