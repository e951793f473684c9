package accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the picture of the packages in {@code docs/architecture.md} with the code's imports. */
final class PackagePictureTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "architecture.md");

  /** Used by, or using, nearly all others: the text says so, and the picture stays readable. */
  private static final Set<String> LEFT_OUT =
      Set.of("domain", "async", "metrics", "telemetry", "server", "server.config", "admin");

  @Test
  void packagesPicture_inTheArchitecture_isThatOfTheCode() throws IOException {
    String picture =
        ArchitectureTest.SERVER.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .flatMap(PackagePictureTest::arrow)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n", "```mermaid\nflowchart LR\n", "\n```\n"));

    assertThat(Files.readString(DOCUMENT)).contains(picture);
  }

  private static Stream<String> arrow(Dependency dependency) {
    String from = name(dependency.getOriginClass());
    String to = name(dependency.getTargetClass());
    return isShown(from) && isShown(to) && !from.equals(to)
        ? Stream.of("  " + from + " --> " + to)
        : Stream.empty();
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith("accounts.") ? name.substring("accounts.".length()) : "";
  }

  private static boolean isShown(String name) {
    return !name.isEmpty()
        && !LEFT_OUT.contains(name)
        && !name.startsWith("v1")
        && !name.startsWith("grpc.");
  }
}
