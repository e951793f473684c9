package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests sorting in parts. */
final class SortedLinesTest {

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {1, 500, 1_000_000})
  void drainTo_linesInAnyOrder_areSortedHoweverManyPartsThereAre(int memory) throws Exception {
    List<String> all =
        new ArrayList<>(
            new Random(28)
                .ints(200, 0, 150)
                .mapToObj(i -> (i % 7 == 0 ? "é" : "line\t") + i)
                .toList());
    List<String> sorted = new ArrayList<>();
    try (SortedLines lines = new SortedLines(folder, memory)) {
      for (String line : all) {
        lines.add(line);
      }
      lines.drainTo(sorted::add);
    }
    Collections.sort(all);

    assertThat(sorted).isEqualTo(all);
    try (Stream<Path> parts = Files.list(folder)) {
      assertThat(parts.count()).isGreaterThanOrEqualTo(memory == 1_000_000 ? 1 : 3);
    }
  }
}
