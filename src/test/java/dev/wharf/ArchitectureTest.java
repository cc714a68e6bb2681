package dev.wharf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The walls of the house. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final Path STATEMENTS = Path.of("src/main/resources/sql");
    private static final Pattern WRITES = Pattern.compile("(?:INSERT INTO|UPDATE|DELETE FROM)\\s+(\\w+)");

    /** Of the instance, which goes when its tests are done: the graph of all classes takes 140 MB. */
    private final JavaClasses wharf = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.wharf");

    private static final Set<String> FEATURES = Set.of(
            "connections",
            "browse",
            "imports",
            "flows",
            "polling",
            "uploads",
            "running",
            "publishing",
            "deadletters",
            "webhooks");

    private static final ArchRule FEATURES_DO_NOT_KNOW_EACH_OTHER = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String[] names = type.getPackageName().split("\\.");
                    return names.length > 2 && FEATURES.contains(names[2])
                            ? SliceIdentifier.of(names[2])
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "features";
                }
            })
            .should()
            .notDependOnEachOther()
            .because("features meet by the names of routes and queues, and in the rooms beneath them");

    private static final ArchRule ONLY_ONE_ROOM_SPEAKS_TO_S3 = noClasses()
            .that()
            .resideOutsideOfPackages("dev.wharf.s3..", "dev.wharf.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("what a store promises is written down, and its errors are classified, in one place");

    private static final ArchRule THE_ADAPTER_IS_KNOWN_TO_NOBODY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.wharf.s3..")
            .and()
            .doNotHaveSimpleName("WharfConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.wharf.s3..")
            .because("everybody else speaks to the port in store, so that another adapter can take its place");

    private static final ArchRule THE_PORT_KNOWS_NO_ADAPTER = classes()
            .that()
            .resideInAPackage("dev.wharf.store..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.wharf.store..", "dev.wharf.kernel..", "java..", "com.fasterxml.jackson..")
            .because("what a store promises is told without a word of how it is kept");

    private static final ArchRule FORMATS_ARE_KNOWN_TO_THE_ENGINE_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.wharf.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.wharf.engine.avro..",
                    "dev.wharf.engine.csv..",
                    "dev.wharf.engine.duckdb..",
                    "dev.wharf.engine.json..",
                    "dev.wharf.engine.parquet..")
            .because("a file is looked into by a sample or a run, whatever its format is");

    private static final ArchRule NO_ROOM_IMPORTS_IN_A_CIRCLE = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return type.getPackageName().startsWith("dev.wharf.")
                            ? SliceIdentifier.of(type.getPackageName().substring("dev.wharf.".length()))
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "rooms";
                }
            })
            .should()
            .beFreeOfCycles()
            .because("a room can be read, tested and changed with those beneath it alone");

    private static final ArchRule ONLY_FEATURES_STAND_ON_FEATURES = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.wharf.kernel..",
                    "dev.wharf.store..",
                    "dev.wharf.s3..",
                    "dev.wharf.network..",
                    "dev.wharf.engine..",
                    "dev.wharf.identity..",
                    "dev.wharf.credentials..",
                    "dev.wharf.storage..",
                    "dev.wharf.parameters..",
                    "dev.wharf.datasets..",
                    "dev.wharf.jobs..",
                    "dev.wharf.camel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    FEATURES.stream().map(name -> "dev.wharf." + name + "..").toArray(String[]::new))
            .because("features share what lies beneath them, which must not change with one of them");

    private static final ArchRule SERVICES_ARE_PLAIN_JAVA = noClasses()
            .that()
            .resideInAnyPackage(
                    FEATURES.stream().map(name -> "dev.wharf." + name + "..").toArray(String[]::new))
            .and()
            .doNotImplement(org.apache.camel.Processor.class)
            .and()
            .haveSimpleNameNotEndingWith("Routes")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("what a feature decides is tested without a Camel context");

    private static final ArchRule THE_KERNEL_KNOWS_NO_FEATURE = noClasses()
            .that()
            .resideInAPackage("dev.wharf.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.wharf.s3..",
                    "dev.wharf.engine..",
                    "dev.wharf.identity..",
                    "dev.wharf.connections..",
                    "dev.wharf.camel..")
            .because("everything else rests on it");

    private static final ArchRule THE_TRIAL_IS_KNOWN_TO_NOBODY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.wharf.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.wharf.trial..")
            .because("production is built without it");

    @Test
    void featuresDoNotKnowEachOther() {
        FEATURES_DO_NOT_KNOW_EACH_OTHER.check(wharf);
    }

    @Test
    void onlyOneRoomSpeaksToS3() {
        ONLY_ONE_ROOM_SPEAKS_TO_S3.check(wharf);
    }

    @Test
    void servicesArePlainJava() {
        SERVICES_ARE_PLAIN_JAVA.check(wharf);
    }

    @Test
    void theKernelKnowsNoFeature() {
        THE_KERNEL_KNOWS_NO_FEATURE.check(wharf);
    }

    @Test
    void theAdapterIsKnownToNobody() {
        THE_ADAPTER_IS_KNOWN_TO_NOBODY.check(wharf);
    }

    @Test
    void thePortKnowsNoAdapter() {
        THE_PORT_KNOWS_NO_ADAPTER.check(wharf);
    }

    @Test
    void formatsAreKnownToTheEngineOnly() {
        FORMATS_ARE_KNOWN_TO_THE_ENGINE_ONLY.check(wharf);
    }

    @Test
    void noRoomImportsInACircle() {
        NO_ROOM_IMPORTS_IN_A_CIRCLE.check(wharf);
    }

    @Test
    void onlyFeaturesStandOnFeatures() {
        ONLY_FEATURES_STAND_ON_FEATURES.check(wharf);
    }

    @Test
    void theTrialIsKnownToNobody() {
        THE_TRIAL_IS_KNOWN_TO_NOBODY.check(wharf);
    }

    @Test
    void aTableIsWrittenByTheStatementsOfOneOwner() throws IOException {
        Map<String, Set<String>> owners = new TreeMap<>();
        try (var files = Files.walk(STATEMENTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String owner = STATEMENTS.relativize(file).getName(0).toString();
                WRITES.matcher(Files.readString(file)).results().forEach(table -> owners.computeIfAbsent(
                                table.group(1), name -> new TreeSet<>())
                        .add(owner));
            }
        }

        assertThat(owners).hasSizeGreaterThan(20).allSatisfy((table, rooms) -> assertThat(rooms)
                .hasSize(1));
    }
}
