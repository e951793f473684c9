package accounts.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md}, and what else names variables, to the code. */
final class ConfigurationDocsTest {

  private static final Path DOCS = Path.of("..", "docs", "configuration.md");
  private static final Path LOGBACK = Path.of("src", "main", "resources", "logback.xml");
  private static final Pattern NAME = Pattern.compile("(ACCOUNTS|MOMENTO|AWS)_[A-Z_]+");

  @Test
  void table_everyVariable_hasItsDefaultAndExpectation() throws IOException {
    List<String> rows = Files.readAllLines(DOCS);

    assertThat(DeclaredVariables.all())
        .isNotEmpty()
        .allSatisfy(variable ->
            assertThat(rows).filteredOn(row -> row.startsWith(row(variable))).hasSize(1));
  }

  private static String row(Variable variable) {
    String defaultValue =
        variable.defaultValue().isEmpty() ? "–" : '`' + variable.defaultValue() + '`';
    return "| `%s` | %s | %s |".formatted(variable.name(), defaultValue, variable.expected());
  }

  @Test
  void table_namesInFirstColumn_areAllVariables() throws IOException {
    List<String> named =
        Files.readAllLines(DOCS).stream()
            .filter(row -> row.startsWith("|"))
            .flatMap(row -> names(row.split("\\|", -1)[1]))
            .toList();

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            DeclaredVariables.all().stream().map(Variable::name).toList());
  }

  @Test
  void logback_variablesItReads_areChecked() throws IOException {
    List<String> read = names(Files.readString(LOGBACK)).distinct().toList();

    assertThat(read).isNotEmpty();
    assertThat(DeclaredVariables.all().stream().map(Variable::name)).containsAll(read);
  }

  private static java.util.stream.Stream<String> names(String text) {
    return NAME.matcher(text).results().map(match -> match.group());
  }
}
