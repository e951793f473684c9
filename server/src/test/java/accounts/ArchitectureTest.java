package accounts;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.service.CommitListener;
import accounts.service.EntityReader;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the server to its own structure ({@code docs/architecture.md}). */
final class ArchitectureTest {

  private static final String[] PROTO = {"accounts.v1..", "com.google.protobuf.."};
  private static final String[] IO = {
    "io.grpc..",
    "software.amazon..",
    "momento..",
    "io.netty..",
    "java.net..",
    "java.nio..",
    "java.io.."
  };

  /** All that the server's sources hold, without what is generated from protos. */
  static final JavaClasses SERVER =
      new ClassFileImporter()
          .importPath(Path.of("target", "classes"))
          .that(DescribedPredicate.describe("written by hand", type -> !isGenerated(type)));

  private static boolean isGenerated(JavaClass type) {
    return outermost(type).isAnnotatedWith("com.google.protobuf.Generated")
        || outermost(type).getAllRawSuperclasses().stream()
            .anyMatch(s -> s.getName().startsWith("com.google.protobuf.Generated"))
        || outermost(type).getPackageName().startsWith("accounts.grpc.health")
        || (outermost(type).getPackageName().equals("accounts.codec")
            && outermost(type).getSimpleName().startsWith("Stored"));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  @Test
  void layers_dependencies_pointOneWay() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("server")
        .definedBy("accounts.server..")
        .layer("grpc")
        .definedBy("accounts.grpc..")
        .layer("identity")
        .definedBy("accounts.identity..")
        .layer("overload")
        .definedBy("accounts.overload..")
        .layer("service")
        .definedBy("accounts.service..")
        .layer("read")
        .definedBy("accounts.read..")
        .layer("freshness")
        .definedBy("accounts.freshness..")
        .layer("cache")
        .definedBy("accounts.cache")
        .layer("store")
        .definedBy("accounts.store")
        .layer("momento")
        .definedBy("accounts.cache.momento..")
        .layer("dynamodb")
        .definedBy("accounts.store.dynamodb..")
        .layer("repair")
        .definedBy("accounts.repair")
        .layer("streams")
        .definedBy("accounts.repair.dynamodb..")
        .layer("metrics")
        .definedBy("accounts.metrics..")
        .layer("telemetry")
        .definedBy("accounts.telemetry..")
        .layer("watch")
        .definedBy("accounts.watch..")
        .layer("audit")
        .definedBy("accounts.audit..")
        .layer("admin")
        .definedBy("accounts.admin..")
        .layer("codec")
        .definedBy("accounts.codec..")
        .layer("domain")
        .definedBy("accounts.domain..")
        .layer("async")
        .definedBy("accounts.async..")
        .whereLayer("server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("grpc")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("identity")
        .mayOnlyBeAccessedByLayers("server", "grpc")
        .whereLayer("overload")
        .mayOnlyBeAccessedByLayers("server", "grpc", "metrics")
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("telemetry")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("watch")
        .mayOnlyBeAccessedByLayers("server", "grpc", "metrics")
        .whereLayer("watch")
        .mayOnlyAccessLayers("store", "domain", "async")
        .whereLayer("audit")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("admin")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("momento")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("streams")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("dynamodb")
        .mayOnlyBeAccessedByLayers("server", "streams")
        .whereLayer("repair")
        .mayOnlyBeAccessedByLayers("server", "streams", "metrics")
        .whereLayer("read")
        .mayOnlyBeAccessedByLayers("server", "metrics", "audit")
        .whereLayer("service")
        .mayOnlyBeAccessedByLayers("server", "grpc", "read", "freshness", "metrics", "audit")
        .whereLayer("freshness")
        .mayOnlyBeAccessedByLayers(
            "server", "read", "momento", "repair", "streams", "metrics", "audit")
        .whereLayer("cache")
        .mayOnlyBeAccessedByLayers(
            "server", "freshness", "momento", "repair", "metrics", "telemetry")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers(
            "server",
            "grpc",
            "service",
            "read",
            "freshness",
            "dynamodb",
            "repair",
            "streams",
            "metrics",
            "telemetry",
            "watch",
            "audit")
        .whereLayer("codec")
        .mayOnlyBeAccessedByLayers("momento", "dynamodb")
        .whereLayer("admin")
        .mayOnlyAccessLayers("async")
        .whereLayer("service")
        .mayOnlyAccessLayers("domain", "async", "store")
        .whereLayer("read")
        .mayOnlyAccessLayers("service", "freshness", "store", "domain", "async")
        .whereLayer("freshness")
        .mayOnlyAccessLayers("service", "cache", "store", "domain", "async")
        .whereLayer("telemetry")
        .mayOnlyAccessLayers("cache", "store", "domain", "async")
        .whereLayer("repair")
        .mayOnlyAccessLayers("freshness", "store", "cache", "domain", "async")
        .whereLayer("grpc")
        .mayOnlyAccessLayers("identity", "overload", "service", "watch", "store", "domain", "async")
        .whereLayer("identity")
        .mayOnlyAccessLayers("domain", "async")
        .whereLayer("overload")
        .mayOnlyAccessLayers("domain", "async")
        .whereLayer("cache")
        .mayOnlyAccessLayers("domain", "async")
        .whereLayer("store")
        .mayOnlyAccessLayers("domain", "async")
        .whereLayer("domain")
        .mayNotAccessAnyLayer()
        .whereLayer("async")
        .mayNotAccessAnyLayer()
        .because(
            "grpc knows the rules, the rules know the ports, implementations know their port; so"
                + " each can be replaced and tested separately")
        .check(SERVER);
  }

  @Test
  void classes_all_holdNothingOfTheProof() {
    noClasses()
        .should()
        .haveNameMatching(".*(Mutant|Tutorial|Safeguard|Weak).*")
        .orShould()
        .resideInAPackage("accounts.bench..")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("accounts.bench..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("accounts\\..*Mutant.*")
        .because("what only shows that the proof would notice is in bench, with a main of its own")
        .check(SERVER);
  }

  @Test
  void ports_ownedByTheService_areWhatReadAndFreshnessProvide() {
    assertThat(EntityReader.class).isInterface();
    classes()
        .that()
        .implement(EntityReader.class)
        .should()
        .resideInAPackage("accounts.read..")
        .because("the rules say what they need; who provides it is behind them")
        .check(SERVER);
    classes()
        .that()
        .implement(CommitListener.class)
        .should()
        .resideInAPackage("accounts.freshness..")
        .because("what a commit does to the cache is written in one place")
        .check(SERVER);
  }

  @Test
  void domain_dependencies_areOfThePlatform() {
    classes()
        .that()
        .resideInAPackage("accounts.domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "accounts.domain..", "java..", "org.jspecify.annotations..", "com.github.slugify..")
        .because("the domain outlives protocols and storage")
        .check(SERVER);
  }

  @Test
  void rules_dependencies_areNoIoTypes() {
    noClasses()
        .that()
        .resideInAnyPackage("accounts.service..", "accounts.read..", "accounts.freshness..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(join(PROTO, IO))
        .because("rules are decided on values; ports do the input and output")
        .check(SERVER);
  }

  @Test
  void ports_dependencies_areNoIoTypes() {
    noClasses()
        .that()
        .resideInAnyPackage("accounts.cache", "accounts.store", "accounts.repair", "accounts.async")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(join(PROTO, IO))
                // Netty's timer, which does no I/O.
                .and(
                    DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.netty.util"))))
        .because("a port that shows its implementation's types is none")
        .check(SERVER);
  }

  @Test
  void contract_dependents_areTheEdgeAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("accounts.grpc..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("accounts.v1..")
        .because("the contract may change without the rules noticing")
        .check(SERVER);
  }

  @Test
  void grpc_dependents_areTheEdgeAndMomentosContext() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "accounts.grpc..",
            "accounts.cache.momento..",
            "accounts.metrics..",
            "accounts.telemetry..")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Wiring")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.grpc..")
        .because(
            "gRPC is for incoming calls, their metrics and traces; Momento's SDK uses it too and must"
                + " be called outside the caller's io.grpc.Context")
        .check(SERVER);
  }

  @Test
  void aws_dependents_areTheStoreAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("accounts.store.dynamodb..", "accounts.repair.dynamodb..")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Regions")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Clients")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Wiring")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.RunningServer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .because(
            "the store is DynamoDB in one package, its stream in another; Clients opens and closes"
                + " the connections, others hand them on, Regions asks AWS's own chain")
        .check(SERVER);
  }

  @Test
  void momento_dependents_areTheCacheAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("accounts.cache.momento..")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.MomentoAccess")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Parts")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("momento..")
        .because(
            "the cache is Momento in one package only; MomentoAccess opens the connections,"
                + " others hand them on")
        .check(SERVER);
  }

  @Test
  void implementations_dependents_areTheProcessAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "accounts.cache.momento..",
            "accounts.store.dynamodb..",
            "accounts.repair.dynamodb..",
            "accounts.server")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("accounts.cache.momento..", "accounts.store.dynamodb..")
        .because(
            "only Wiring decides what stands behind a port; the stream's items are the store's")
        .check(SERVER);
  }

  @Test
  void implementations_construction_isWirings() {
    noClasses()
        .that()
        .resideInAPackage("accounts.server..")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Wiring")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Parts")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.CellCaches")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Audits")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.Clients")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.MomentoAccess")
        .and()
        .doNotHaveFullyQualifiedName("accounts.server.RunningServer")
        .should()
        .callConstructorWhere(
            JavaAccess.Predicates.targetOwner(
                DescribedPredicate.describe(
                    "what is behind a port or above one",
                    owner ->
                        Stream.of(
                                "accounts.cache",
                                "accounts.store",
                                "accounts.freshness",
                                "accounts.read",
                                "accounts.repair",
                                "accounts.service",
                                "accounts.grpc")
                            .anyMatch(owner.getPackageName()::startsWith))))
        .because("the server is put together in one place")
        .check(SERVER);
  }

  @Test
  void futures_waiting_isForTheProcessAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("accounts.server..")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "something that waits for a future",
                access ->
                    Set.of("join", "get").contains(access.getName())
                        && assignableTo(Future.class).test(access.getTargetOwner())))
        .because("a thread that waits for a future can be the one that completes it")
        .check(SERVER);
  }

  @Test
  void classes_public_areClosed() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and(DescribedPredicate.describe("are not sealed", type -> !type.reflect().isSealed()))
        .should()
        .haveModifier(FINAL)
        .because("what may be extended must be designed for it; nothing here is")
        .check(SERVER);
  }

  @Test
  void packages_all_sayThatNothingIsNull() {
    List<String> unmarked =
        SERVER.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertThat(unmarked).as("packages without @NullMarked in their package-info").isEmpty();
    assertThat(SERVER.stream().map(JavaClass::getPackageName)).contains("accounts.domain");
  }

  private static String[] join(String[] one, String[] other) {
    return Stream.of(one, other).flatMap(Stream::of).toArray(String[]::new);
  }
}
