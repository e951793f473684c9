package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
      assertThat(parts()).isGreaterThanOrEqualTo(memory == 1_000_000 ? 0 : 3);
      lines.drainTo(sorted::add);
    }
    Collections.sort(all);

    assertThat(sorted).isEqualTo(all);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void drainTo_morePartsThanMayBeOpen_areMergedBefore() throws Exception {
    List<String> sorted = new ArrayList<>();
    try (SortedLines lines = new SortedLines(folder, 1)) {
      for (int i = 0; i < 450; i++) {
        lines.add(Integer.toString(1_000 + i * 7 % 450));
      }
      assertThat(parts()).isEqualTo(450);
      lines.drainTo(line -> {
        if (sorted.isEmpty()) {
          assertThat(parts()).isBetween(2L, (long) SortedLines.OPEN_PARTS);
        }
        sorted.add(line);
      });
    }

    assertThat(sorted).hasSize(450).isSorted();
  }

  @Test
  void add_shortLines_countWithWhatTheyTakeBesideTheirCharacters() throws Exception {
    try (SortedLines lines = new SortedLines(folder, 6_000)) {
      for (int i = 0; i < 100; i++) {
        lines.add("");
      }
      assertThat(parts()).isOne();
    }
  }

  private long parts() throws IOException {
    try (Stream<Path> parts = Files.list(folder)) {
      return parts.count();
    }
  }
}
