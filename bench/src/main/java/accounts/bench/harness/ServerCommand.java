package accounts.bench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started: the JVM's flags, what is on its classpath, and the class to run.
 *
 * @param mainAndArguments the class to run, and what to tell it
 */
public record ServerCommand(List<String> jvm, String classpath, List<String> mainAndArguments) {

  /** Quick to start, for what starts and kills many. */
  private static final List<String> SHORT_LIVED =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Compiles as in production, for what is measured. */
  private static final List<String> LONG_LIVED = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private static final List<String> ALWAYS =
      List.of("-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED");

  public ServerCommand {
    jvm = List.copyOf(jvm);
    mainAndArguments = List.copyOf(mainAndArguments);
  }

  /**
   * Returns the command of another program, quick to start, on this JVM's classpath; the system
   * property {@code bench.server.classpath} names that of another build.
   */
  public static ServerCommand of(List<String> mainAndArguments) {
    return new ServerCommand(SHORT_LIVED, defaultClasspath(), mainAndArguments);
  }

  /** Returns the command of another program with the compiler that it has in production. */
  public static ServerCommand optimized(List<String> mainAndArguments) {
    return new ServerCommand(LONG_LIVED, defaultClasspath(), mainAndArguments);
  }

  private static String defaultClasspath() {
    return System.getProperty("bench.server.classpath", System.getProperty("java.class.path"));
  }

  /** Returns this command on another build's classpath. */
  public ServerCommand on(String otherClasspath) {
    return new ServerCommand(jvm, otherClasspath, mainAndArguments);
  }

  List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvm);
    line.addAll(ALWAYS);
    line.addAll(List.of("-cp", classpath));
    line.addAll(mainAndArguments);
    return line;
  }
}
