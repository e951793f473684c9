package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs the commands of {@code docs/tutorial.md} as they are written and compares the answers. Needs
 * {@code buf}, which {@code make target/tools/buf} downloads.
 */
@Timeout(180)
final class TutorialTest {

  private static final Path TUTORIAL = Path.of("..", "docs", "tutorial.md");
  private static final Path TOOLS = Path.of("..", "target", "tools").toAbsolutePath().normalize();

  /** Stands for what differs from run to run. */
  private static final String ANYTHING = "…";

  private static final String HIT = "\"SOURCE_CACHE\"";
  private static final String SOURCE = "\"SOURCE_" + ANYTHING + "\"";
  private static final int TRIES = 5;

  private static final Pattern DEFINITION = Pattern.compile("\\w+\\(\\) .*");
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=\\$\\(.*\\)");

  @AutoClose private final TestBackends backends = new TestBackends();

  @AutoClose
  private final TestService service =
      backends.start(
          Map.of("ACCOUNTS_REPAIR", "true", "ACCOUNTS_EPOCH_LEASE", TestBackends.LONG_LEASE),
          new FillingParts());

  private record Step(String command, String answer) {}

  @Test
  void commands_runAsWritten_answerAsShown() throws IOException, InterruptedException {
    assertThat(TOOLS.resolve("buf")).as("run make target/tools/buf first").isExecutable();
    String definitions = "";
    List<Step> steps = steps(Files.readAllLines(TUTORIAL));
    assertThat(steps).hasSizeGreaterThan(15);
    for (Step step : steps) {
      Matcher assignment = ASSIGNMENT.matcher(step.command());
      if (DEFINITION.matcher(step.command()).matches()) {
        definitions += step.command() + "\n";
      } else if (assignment.matches()) {
        String variable = assignment.group(1);
        String value = run(definitions + step.command() + "; printf %s \"$" + variable + "\"");
        assertThat(value).as(step.command()).matches("[\\w-]+");
        definitions += variable + "='" + value + "'\n";
      } else {
        check(step, definitions);
      }
    }
  }

  /**
   * The first answer must be right, from wherever. Where the tutorial shows a hit, one of the next
   * has to be one: on a busy machine the repair gets a change from the stream before its writer has
   * changed the cell, which is then invalid until a reader fills it.
   */
  private void check(Step step, String definitions) throws IOException, InterruptedException {
    String answer = run(definitions + step.command());
    assertThat(answer).as(step.command()).matches(pattern(step.answer().replace(HIT, SOURCE)));
    for (int i = 1; i < TRIES && step.answer().contains(HIT) && !answer.contains(HIT); i++) {
      answer = run(definitions + step.command());
    }
    assertThat(answer).as(step.command()).matches(pattern(step.answer()));
  }

  private static List<Step> steps(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    boolean inConsole = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        inConsole = line.equals("```console");
      } else if (inConsole && line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), ""));
      } else if (inConsole) {
        Step last = steps.removeLast();
        steps.add(new Step(last.command(), last.answer() + line + "\n"));
      }
    }
    return steps;
  }

  private static Pattern pattern(String answer) {
    return Pattern.compile(
        Pattern.compile(ANYTHING)
            .splitAsStream(answer)
            .map(Pattern::quote)
            .collect(Collectors.joining("[^\"\\n]*")));
  }

  private String run(String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script.replace(":50051", ":" + service.port()))
            .redirectErrorStream(true);
    builder.environment().merge("PATH", TOOLS.toString(), (path, tools) -> tools + ":" + path);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
