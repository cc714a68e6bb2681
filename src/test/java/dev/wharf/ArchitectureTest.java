package dev.wharf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** The walls of the house. */
@AnalyzeClasses(packages = "dev.wharf", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> FEATURES =
            Set.of("connections", "browse", "imports", "uploads", "running", "publishing");

    @ArchTest
    static final ArchRule featuresDoNotKnowEachOther = slices().assignedFrom(new SliceAssignment() {
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
            .because("features meet by the names of routes and queues, and through s3, identity and kernel");

    @ArchTest
    static final ArchRule onlyOneRoomSpeaksToS3 = noClasses()
            .that()
            .resideOutsideOfPackages("dev.wharf.s3..", "dev.wharf.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("what a store promises is written down, and its errors are classified, in one place");

    @ArchTest
    static final ArchRule servicesArePlainJava = noClasses()
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

    @ArchTest
    static final ArchRule theKernelKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage("dev.wharf.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.wharf.s3..", "dev.wharf.identity..", "dev.wharf.connections..")
            .because("everything else rests on it");

    @ArchTest
    static final ArchRule theTrialIsKnownToNobody = noClasses()
            .that()
            .resideOutsideOfPackage("dev.wharf.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.wharf.trial..")
            .because("production is built without it");
}
