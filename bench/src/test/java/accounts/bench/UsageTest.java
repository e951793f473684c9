package accounts.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class UsageTest {

  private static List<CommandLine> commands() {
    CommandLine main = Main.commandLine();
    return Stream.concat(Stream.of(main), main.getSubcommands().values().stream()).toList();
  }

  // Picocli shows a text that is no format as it is, after a warning: "95 % hits".
  @Test
  void descriptions_everyCommand_areFormats() {
    assertThat(commands())
        .flatMap(command -> descriptions(command.getCommandSpec()))
        .hasSizeGreaterThan(commands().size())
        .allSatisfy(text -> assertThatCode(text::formatted).doesNotThrowAnyException());
  }

  @Test
  void usage_everyCommand_hasNoPercentSignTwice() {
    assertThat(commands())
        .extracting(CommandLine::getUsageMessage)
        .allSatisfy(usage -> assertThat(usage).doesNotContain("%%"))
        .anySatisfy(usage -> assertThat(usage).contains("95 % hits"));
  }

  private static List<String> descriptions(CommandSpec command) {
    return Stream.concat(
            Stream.of(command.usageMessage().description()),
            command.args().stream().flatMap(UsageTest::descriptions))
        .toList();
  }

  /** As they are written: what the model has of options and parameters is formatted already. */
  private static Stream<String> descriptions(ArgSpec arg) {
    AnnotatedElement field = (AnnotatedElement) arg.userObject();
    return arg instanceof OptionSpec
        ? Stream.of(requireNonNull(field.getAnnotation(Option.class)).description())
        : Stream.of(requireNonNull(field.getAnnotation(Parameters.class)).description());
  }
}
