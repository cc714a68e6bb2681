package dev.wharf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The walls of the house. */
class ArchitectureTest {
    private static final JavaClasses WHARF = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.wharf");

    private static final Set<String> FEATURES =
            Set.of("connections", "browse", "imports", "uploads", "running", "publishing");

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
            .because("features meet by the names of routes and queues, and through s3, engine, identity and kernel");

    private static final ArchRule ONLY_ONE_ROOM_SPEAKS_TO_S3 = noClasses()
            .that()
            .resideOutsideOfPackages("dev.wharf.s3..", "dev.wharf.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("what a store promises is written down, and its errors are classified, in one place");

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

    private static final ArchRule JOBS_KNOW_NO_FEATURE = noClasses()
            .that()
            .resideInAPackage("dev.wharf.jobs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    FEATURES.stream().map(name -> "dev.wharf." + name + "..").toArray(String[]::new))
            .because("runs and publications share one claim protocol, and it is beneath both");

    private static final ArchRule OPERATIONS_KNOW_NO_FEATURE = noClasses()
            .that()
            .resideInAPackage("dev.wharf.camel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    FEATURES.stream().map(name -> "dev.wharf." + name + "..").toArray(String[]::new))
            .because("a feature says by an annotation what it answers to, and by a marker what it reads");

    private static final ArchRule THE_TRIAL_IS_KNOWN_TO_NOBODY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.wharf.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.wharf.trial..")
            .because("production is built without it");

    @Test
    void featuresDoNotKnowEachOther() {
        FEATURES_DO_NOT_KNOW_EACH_OTHER.check(WHARF);
    }

    @Test
    void onlyOneRoomSpeaksToS3() {
        ONLY_ONE_ROOM_SPEAKS_TO_S3.check(WHARF);
    }

    @Test
    void servicesArePlainJava() {
        SERVICES_ARE_PLAIN_JAVA.check(WHARF);
    }

    @Test
    void theKernelKnowsNoFeature() {
        THE_KERNEL_KNOWS_NO_FEATURE.check(WHARF);
    }

    @Test
    void jobsKnowNoFeature() {
        JOBS_KNOW_NO_FEATURE.check(WHARF);
    }

    @Test
    void operationsKnowNoFeature() {
        OPERATIONS_KNOW_NO_FEATURE.check(WHARF);
    }

    @Test
    void theTrialIsKnownToNobody() {
        THE_TRIAL_IS_KNOWN_TO_NOBODY.check(WHARF);
    }
}
