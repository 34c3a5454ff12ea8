package io.registrator.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the command line may know which; a new one gets its place here first. */
@AnalyzeClasses(packages = "io.registrator.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class CommandLineArchitectureTest {

    @ArchTest
    static final ArchRule packagesKnowOnlyThoseBelowThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("main")
            .definedBy("io.registrator.cli")
            .layer("command")
            .definedBy("io.registrator.cli.command..")
            .layer("option")
            .definedBy("io.registrator.cli.option..")
            .layer("output")
            .definedBy("io.registrator.cli.output..")
            .layer("running")
            .definedBy("io.registrator.cli.running..")
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("command")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("option")
            .mayOnlyAccessLayers("output")
            .whereLayer("output")
            .mayNotAccessAnyLayer()
            .whereLayer("running")
            .mayNotAccessAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule noPackagesDependOnEachOtherInACircle =
            slices().matching("io.registrator.cli.(*)..").should().beFreeOfCycles();
}
