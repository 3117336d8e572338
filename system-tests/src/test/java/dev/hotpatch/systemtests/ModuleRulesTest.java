package dev.hotpatch.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of docs/ARCHITECTURE.md: what may use what. */
final class ModuleRulesTest {
    private static final List<String> MODULES = List.of(
            "patchformat", "differ", "registryclient", "jvmagent", "nodeagent", "cli", "testdata", "systemtests");

    private static JavaClasses classes;

    @BeforeAll
    static void importAll() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.hotpatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"patchformat", "differ", "registryclient", "nodeagent", "cli", "testdata"})
    void everyModuleIsLookedAt(String module) {
        assertTrue(
                classes.that(resideInAPackage("dev.hotpatch." + module + "..")).size() > 3, module);
    }

    @ParameterizedTest
    @CsvSource({
        "patchformat, ''",
        "differ, patchformat",
        "registryclient, patchformat",
        "jvmagent, ''",
        "nodeagent, patchformat registryclient",
        "cli, patchformat differ registryclient nodeagent",
        "testdata, ''"
    })
    void moduleUsesOnlyWhatItMay(String module, String allowed) {
        for (String other : MODULES) {
            if (!other.equals(module) && !List.of(allowed.split(" ")).contains(other)) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.hotpatch." + module + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.hotpatch." + other + "..")
                        .allowEmptyShould(true)
                        .check(classes);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "org.bouncycastle.., dev.hotpatch.patchformat.trust..",
        "com.fasterxml.jackson.., dev.hotpatch.patchformat.json..",
        "com.github.luben.zstd.., dev.hotpatch.patchformat.codec..",
        "okhttp3.., dev.hotpatch.registryclient.transport..",
        "org.objectweb.asm.., dev.hotpatch.differ..",
        "com.sun.jna.., dev.hotpatch.nodeagent.linux..",
        "io.grpc.., dev.hotpatch.nodeagent.cri..",
        "picocli.., dev.hotpatch.cli.."
    })
    void libraryIsSeenInOnePlaceOnly(String library, String place) {
        noClasses()
                .that()
                .resideOutsideOfPackages(place, "dev.hotpatch.systemtests..", "dev.hotpatch.testdata..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes);
    }

    @Test
    void commonsCompressIsSeenInDifferAndTestdataOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.hotpatch.differ..", "dev.hotpatch.testdata..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.compress..")
                .check(classes);
    }

    @Test
    void oneClassKnowsZstd() {
        long users = classes.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("com.github.luben.zstd")))
                .filter(type -> !type.getPackageName().startsWith("dev.hotpatch.testdata"))
                .count();
        assertTrue(users == 1, users + " classes");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.hotpatch.(**)").should().beFreeOfCycles().check(classes);
    }
}
