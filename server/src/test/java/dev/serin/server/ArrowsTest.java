package dev.serin.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rooms")
class ArrowsTest {

    private static JavaClasses rooms;

    @BeforeAll
    static void read() {
        rooms =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.serin");
    }

    @Test
    @DisplayName("engine knows the JDK and JSpecify's annotations")
    void engine() {
        classes()
                .that()
                .resideInAPackage("dev.serin.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.serin.engine..", "java..", "org.jspecify..")
                .check(rooms);
    }

    @Test
    @DisplayName("engine reads no clock, rolls no dice, starts no thread and opens nothing")
    void engineIsPure() {
        noClasses()
                .that()
                .resideInAPackage("dev.serin.engine..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(rooms);
    }

    @Test
    @DisplayName("simulator knows engine")
    void simulator() {
        classes()
                .that()
                .resideInAPackage("dev.serin.simulator..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.serin.simulator..", "dev.serin.engine..", "java..", "org.jspecify..")
                .allowEmptyShould(true)
                .check(rooms);
    }

    @Test
    @DisplayName("web knows none of the others")
    void web() {
        noClasses()
                .that()
                .resideInAPackage("dev.serin.web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.serin.engine..", "dev.serin.simulator..", "dev.serin.server..")
                .check(rooms);
    }

    @Test
    @DisplayName("rows stay in their package")
    void rows() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .or()
                .haveSimpleNameEndingWith("Row")
                .and()
                .resideInAPackage("dev.serin.server..")
                .should()
                .notBePublic()
                .check(rooms);
    }

    @Test
    @DisplayName("nothing that a minute's delay harms goes by the wall clock")
    void scheduled() {
        methods()
                .that()
                .areAnnotatedWith(Scheduled.class)
                .should(
                        new ArchCondition<>("run each minute or less often") {
                            @Override
                            public void check(JavaMethod method, ConditionEvents events) {
                                var every = method.getAnnotationOfType(Scheduled.class).every();
                                if (!every.matches("[1-9][0-9]*[mh]")) {
                                    events.add(
                                            SimpleConditionEvent.violated(
                                                    method,
                                                    "%s runs every %s: let it implement Beating"
                                                            .formatted(
                                                                    method.getFullName(), every)));
                                }
                            }
                        })
                .check(rooms);
    }
}
