package accounts.bench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command that starts a server: JVM with its flags, classpath, main class and arguments.
 *
 * @param java the JVM
 * @param classpath empty for a program that is not for a JVM
 * @param mainAndArguments the main class or the program, followed by its arguments
 * @param processor where it runs; empty for all
 * @param group what bounds its memory or processor time; empty for nothing
 */
public record ServerCommand(
    Path java,
    List<String> jvm,
    String classpath,
    List<String> mainAndArguments,
    Optional<Processor> processor,
    Optional<Cgroup> group) {

  /** Flags for a quick start, for runs that start and kill many servers. */
  private static final List<String> SHORT_LIVED =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Flags with the compilers of production, for measurements. */
  private static final List<String> LONG_LIVED = List.of("-Xmx256m", "-XX:+UseSerialGC");

  /** As much as a pod with 512 MiB would have: 60 % of it at most, and a 64th at first. */
  private static final String HEAP = "-Xmx300m";

  private static final String FIRST_HEAP = "-Xms8m";

  /** The flags of the image, and the heap of a pod. */
  private static final List<String> AS_DEPLOYED =
      Stream.concat(ImageFlags.withoutHeap(), Stream.of(HEAP, FIRST_HEAP)).toList();

  /** As k8s/base/deployment.yaml has it: otherwise the JVM would go by the share. */
  private static final String POD_PROCESSORS = "-XX:ActiveProcessorCount=2";

  /** The flags of the image and of the pod, whose heap is a part of its memory. */
  private static final List<String> IN_A_POD =
      Stream.concat(ImageFlags.all(), Stream.of(POD_PROCESSORS)).toList();

  private static final List<String> ALWAYS =
      List.of("-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED");

  public ServerCommand {
    jvm = List.copyOf(jvm);
    mainAndArguments = List.copyOf(mainAndArguments);
  }

  /**
   * Returns a command that starts quickly, on this JVM's classpath or, if the system property
   * {@code bench.server.classpath} is set, on that of another build.
   */
  public static ServerCommand of(List<String> mainAndArguments) {
    return unbounded(SHORT_LIVED, defaultClasspath(), mainAndArguments);
  }

  /** Returns a command with the compilers of production, for measurements. */
  public static ServerCommand optimized(List<String> mainAndArguments) {
    return unbounded(LONG_LIVED, defaultClasspath(), mainAndArguments);
  }

  /** Returns a command with a heap of 300 MiB and the flags of the image. */
  public static ServerCommand asDeployed(List<String> mainAndArguments) {
    return unbounded(AS_DEPLOYED, defaultClasspath(), mainAndArguments);
  }

  /** Returns a command with the flags of the image, and the memory of a pod. */
  public static ServerCommand inPod(List<String> mainAndArguments, MemoryCgroup memory) {
    return new ServerCommand(
        ownJava(),
        ours(IN_A_POD),
        defaultClasspath(),
        mainAndArguments,
        Optional.empty(),
        Optional.of(memory));
  }

  /**
   * Returns a command with a heap of 300 MiB and the flags of the image and of the pod, which has a
   * share of a processor.
   */
  public static ServerCommand inPod(List<String> mainAndArguments, ProcessorCgroup share) {
    List<String> flags = Stream.concat(AS_DEPLOYED.stream(), Stream.of(POD_PROCESSORS)).toList();
    return unbounded(flags, defaultClasspath(), mainAndArguments).inside(share);
  }

  /**
   * Returns the server's command of an image, with a heap of 300 MiB: the JVM, the classpath and
   * the flags are the image's, whose files are laid out in a folder.
   *
   * @param root the folder, made by {@code k8s/image/unpack}
   */
  public static ServerCommand ofImage(Path root) {
    ImageFiles files = new ImageFiles(root);
    return new ServerCommand(
        files.java(),
        Stream.concat(Stream.of(HEAP, FIRST_HEAP, POD_PROCESSORS), files.flags()).toList(),
        files.classpath(),
        List.of(files.main()),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the command of a program that is not for a JVM. */
  public static ServerCommand program(List<String> programAndArguments) {
    return unbounded(List.of(), "", programAndArguments);
  }

  private static ServerCommand unbounded(
      List<String> jvm, String classpath, List<String> mainAndArguments) {
    return new ServerCommand(
        ownJava(), ours(jvm), classpath, mainAndArguments, Optional.empty(), Optional.empty());
  }

  private static Path ownJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static List<String> ours(List<String> jvm) {
    return Stream.concat(jvm.stream(), ALWAYS.stream()).toList();
  }

  private static String defaultClasspath() {
    return System.getProperty("bench.server.classpath", System.getProperty("java.class.path"));
  }

  /** Returns this command on another build's classpath. */
  public ServerCommand on(String otherClasspath) {
    return new ServerCommand(java, jvm, otherClasspath, mainAndArguments, processor, group);
  }

  /** Returns this command with more flags of the JVM, which win over those that it has. */
  public ServerCommand with(List<String> flags) {
    return new ServerCommand(
        java,
        Stream.concat(jvm.stream(), flags.stream()).toList(),
        classpath,
        mainAndArguments,
        processor,
        group);
  }

  /** Returns this command on one processor. */
  public ServerCommand on(Processor one) {
    return new ServerCommand(java, jvm, classpath, mainAndArguments, Optional.of(one), group);
  }

  /** Returns this command with its memory or processor time bounded. */
  public ServerCommand inside(Cgroup bounds) {
    return new ServerCommand(
        java, jvm, classpath, mainAndArguments, processor, Optional.of(bounds));
  }

  /** Returns this command with more flags of the JVM, which override those that it has. */
  public ServerCommand with(String... flags) {
    return new ServerCommand(
        java,
        Stream.concat(jvm.stream(), Stream.of(flags)).toList(),
        classpath,
        mainAndArguments,
        processor,
        group);
  }

  List<String> line() {
    List<String> line = new ArrayList<>();
    if (!classpath.isEmpty()) {
      line.add(java.toString());
      line.addAll(jvm);
      line.addAll(List.of("-cp", classpath));
    }
    line.addAll(mainAndArguments);
    List<String> placed = processor.map(one -> one.alone(line)).orElse(line);
    return group.map(bounds -> bounds.inside(placed)).orElse(placed);
  }
}
