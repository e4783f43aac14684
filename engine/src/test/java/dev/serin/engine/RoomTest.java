package dev.serin.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The engine")
class RoomTest {

    private final JavaClasses engine =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.serin.engine");

    @Test
    @DisplayName("has packages that stand on one another without a circle")
    void noCircles() {
        slices().matching("dev.serin.engine.(*)..").should().beFreeOfCycles().check(engine);
    }

    @Test
    @DisplayName("knows the JDK and nothing else, no clock, thread or source of chance among it")
    void knowsTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.serin.engine..",
                        "java.lang..",
                        "java.math..",
                        "java.time..",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "java.nio",
                        "java.nio.charset",
                        "java.io",
                        "org.jspecify.annotations")
                .check(engine);
    }
}
