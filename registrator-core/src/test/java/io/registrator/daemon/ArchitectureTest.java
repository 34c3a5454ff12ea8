package io.registrator.daemon;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Which package may know which. */
@AnalyzeClasses(packages = "io.registrator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesKnowOnlyThoseBelowThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("model")
            .definedBy("io.registrator.model..")
            .layer("derive")
            .definedBy("io.registrator.derive..")
            .layer("template")
            .definedBy("io.registrator.template..")
            .layer("plan")
            .definedBy("io.registrator.plan..")
            .layer("reconcile")
            .definedBy("io.registrator.reconcile..")
            .layer("http")
            .definedBy("io.registrator.http..")
            .layer("docker")
            .definedBy("io.registrator.engine.docker..")
            .layer("consul")
            .definedBy("io.registrator.consul..")
            .layer("memory")
            .definedBy("io.registrator.memory..")
            .layer("probe")
            .definedBy("io.registrator.probe..")
            .layer("observe")
            .definedBy("io.registrator.observe..")
            .layer("admin")
            .definedBy("io.registrator.admin..")
            .layer("explain")
            .definedBy("io.registrator.explain..")
            .layer("doctor")
            .definedBy("io.registrator.doctor..")
            .layer("config")
            .definedBy("io.registrator.config..")
            .layer("host")
            .definedBy("io.registrator.host..")
            .layer("supervise")
            .definedBy("io.registrator.supervise..")
            .layer("daemon")
            .definedBy("io.registrator.daemon..")
            .whereLayer("model")
            .mayNotAccessAnyLayer()
            .whereLayer("http")
            .mayNotAccessAnyLayer()
            .whereLayer("template")
            .mayNotAccessAnyLayer()
            .whereLayer("derive")
            .mayOnlyAccessLayers("model", "template")
            .whereLayer("plan")
            .mayOnlyAccessLayers("model")
            .whereLayer("host")
            .mayOnlyAccessLayers("model")
            .whereLayer("config")
            .mayOnlyAccessLayers("model")
            .whereLayer("reconcile")
            .mayOnlyAccessLayers("derive", "plan", "model")
            .whereLayer("docker")
            .mayOnlyAccessLayers("reconcile", "model", "http")
            .whereLayer("consul")
            .mayOnlyAccessLayers("reconcile", "model", "http")
            .whereLayer("memory")
            .mayOnlyAccessLayers("reconcile", "model")
            .whereLayer("probe")
            .mayOnlyAccessLayers("reconcile")
            .whereLayer("observe")
            .mayOnlyAccessLayers("reconcile", "derive", "plan", "model")
            .whereLayer("admin")
            .mayOnlyAccessLayers("observe", "reconcile", "derive", "model")
            .whereLayer("supervise")
            .mayOnlyAccessLayers("reconcile", "config", "model")
            .whereLayer("explain")
            .mayOnlyAccessLayers("derive", "plan", "model")
            .whereLayer("doctor")
            .mayOnlyAccessLayers("explain", "derive", "plan", "model")
            // Who answers httpGet says with the template's own exception that there is no answer.
            .whereLayer("template")
            .mayOnlyBeAccessedByLayers("derive", "daemon")
            .whereLayer("daemon")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule noPackagesDependOnEachOtherInACircle =
            slices().matching("io.registrator.(*)..").should().beFreeOfCycles();

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
            .resideOutsideOfPackages("io.registrator.observe..", "io.registrator.admin..", "io.registrator.daemon..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.prometheus..");

    @ArchTest
    static final ArchRule onlyTheConsulAdapterKnowsConsulApi = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("io.registrator.consul..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.ecwid..");
}
