package accounts.bench.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where, when and of what a measurement was made.
 *
 * @param libraries on whose speed the results depend, with their versions
 */
record Machine(
    LocalDate date,
    String commit,
    int cores,
    String model,
    String kernel,
    String jvm,
    String libraries) {

  private static final Pattern JARS =
      Pattern.compile(
          "/(grpc-netty-shaded|sdk|dynamodb|protobuf-java|caffeine)-(\\d[\\w.]*)\\.jar");

  static Machine here() {
    return new Machine(
        LocalDate.now(ZoneOffset.UTC),
        readCommit(),
        Runtime.getRuntime().availableProcessors(),
        readModel(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        libraries(System.getProperty("java.class.path")));
  }

  private static String readCommit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12").start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String readModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  static String libraries(String classpath) {
    Matcher jars = JARS.matcher(classpath);
    return jars.results()
        .map(jar -> (jar.group(1).equals("sdk") ? "momento" : jar.group(1)) + " " + jar.group(2))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  String markdown() {
    return "%s, commit %s; %d × %s, %s, %s; %s%n"
        .formatted(date, commit, cores, model, kernel, jvm, libraries);
  }
}
