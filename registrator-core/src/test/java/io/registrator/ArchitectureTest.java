package io.registrator;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Which package may know which. A package that no layer holds is an error: a new one gets its place here first. */
@AnalyzeClasses(packages = "io.registrator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesKnowOnlyThoseBelowThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("model")
            .definedBy("io.registrator.model..")
            .layer("template")
            .definedBy("io.registrator.derive.template..")
            .layer("derive")
            .definedBy("io.registrator.derive")
            .layer("plan")
            .definedBy("io.registrator.plan..")
            .layer("reconcile")
            .definedBy("io.registrator.reconcile..")
            .layer("http")
            .definedBy("io.registrator.net.http..")
            .layer("probe")
            .definedBy("io.registrator.net.probe..")
            .layer("host")
            .definedBy("io.registrator.net.host..")
            .layer("docker")
            .definedBy("io.registrator.engine.docker..")
            .layer("consul")
            .definedBy("io.registrator.registry.consul..")
            .layer("memory")
            .definedBy("io.registrator.registry.memory..")
            .layer("observe")
            .definedBy("io.registrator.ops.observe..")
            .layer("admin")
            .definedBy("io.registrator.ops.admin..")
            .layer("explain")
            .definedBy("io.registrator.ops.explain..")
            .layer("doctor")
            .definedBy("io.registrator.ops.doctor..")
            .layer("supervise")
            .definedBy("io.registrator.ops.supervise..")
            .layer("config")
            .definedBy("io.registrator.app.config..")
            .layer("daemon")
            .definedBy("io.registrator.app.daemon..")
            .whereLayer("model")
            .mayNotAccessAnyLayer()
            .whereLayer("template")
            .mayNotAccessAnyLayer()
            .whereLayer("derive")
            .mayOnlyAccessLayers("model", "template")
            .whereLayer("plan")
            .mayOnlyAccessLayers("model")
            .whereLayer("reconcile")
            .mayOnlyAccessLayers("derive", "plan", "model")
            .whereLayer("http")
            .mayNotAccessAnyLayer()
            .whereLayer("probe")
            .mayOnlyAccessLayers("reconcile")
            .whereLayer("host")
            .mayOnlyAccessLayers("model")
            .whereLayer("docker")
            .mayOnlyAccessLayers("reconcile", "model", "http")
            .whereLayer("consul")
            .mayOnlyAccessLayers("reconcile", "model", "http")
            .whereLayer("memory")
            .mayOnlyAccessLayers("reconcile", "model")
            .whereLayer("observe")
            .mayOnlyAccessLayers("reconcile", "derive", "plan", "model")
            .whereLayer("admin")
            .mayOnlyAccessLayers("observe", "reconcile", "derive", "model")
            .whereLayer("explain")
            .mayOnlyAccessLayers("derive", "plan", "model")
            .whereLayer("doctor")
            .mayOnlyAccessLayers("explain", "derive", "plan", "model")
            .whereLayer("supervise")
            .mayOnlyAccessLayers("reconcile", "model")
            .whereLayer("config")
            .mayOnlyAccessLayers("derive", "plan", "model")
            // Who answers httpGet says with the template's own exception that there is no answer.
            .whereLayer("template")
            .mayOnlyBeAccessedByLayers("derive", "daemon")
            .whereLayer("daemon")
            .mayNotBeAccessedByAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();

    /** {@code model}, {@code derive}, {@code plan}, {@code reconcile}, {@code engine}, {@code registry}, {@code net}, {@code ops}, {@code app}. */
    @ArchTest
    static final ArchRule noGroupsDependOnEachOtherInACircle =
            slices().matching("io.registrator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noPackagesDependOnEachOtherInACircle =
            slices().matching("io.registrator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheEngineAdapterKnowsDockerJava = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("io.registrator.engine.docker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule theLoopKnowsNothingOfMetrics = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackages("io.registrator.ops..", "io.registrator.app.daemon..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.prometheus..");

    @ArchTest
    static final ArchRule onlyTheConsulAdapterKnowsConsulApi = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("io.registrator.registry.consul..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.ecwid..");
}
