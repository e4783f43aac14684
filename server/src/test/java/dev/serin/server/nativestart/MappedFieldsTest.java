package dev.serin.server.nativestart;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.hibernate.internal.util.ReflectHelper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A field of a row")
class MappedFieldsTest {

    static Stream<Field> fields() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.serin.server")
                        .stream()
                        .filter(MappedFieldsTest::isMapped)
                        .flatMap(row -> row.getFields().stream())
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .map(field -> field.reflect());
    }

    private static boolean isMapped(JavaClass type) {
        return type.isAnnotatedWith(Entity.class) || type.isAnnotatedWith(Embeddable.class);
    }

    @ParameterizedTest
    @MethodSource("fields")
    @DisplayName(
            "is reached by itself, through no method that a native executable would not look for")
    void hasNoMethod(Field field) {
        var row = field.getDeclaringClass();

        assertThat(ReflectHelper.setterMethodOrNull(row, field.getName(), field.getType()))
                .isNull();
        // A record's is its accessor, which Hibernate does not call.
        if (!row.isRecord()) {
            assertThat(ReflectHelper.findGetterMethodForFieldAccess(field, field.getName()))
                    .isNull();
        }
    }
}
