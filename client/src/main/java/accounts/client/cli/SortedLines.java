package accounts.client.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts lines that need not fit into memory: parts of them in files, which are then merged. For one
 * thread, once.
 */
final class SortedLines implements AutoCloseable {

  /** Some 100 MB, since short texts take more than their characters. */
  static final int MEMORY_CHARACTERS = 32 << 20;

  private final Path folder;
  private final int most;
  private final List<BufferedReader> files = new ArrayList<>();
  private List<String> lines = new ArrayList<>();
  private long characters;

  /**
   * @param folder where the files are made; the caller deletes them
   * @param most the most characters that are kept in memory
   */
  SortedLines(Path folder, int most) {
    this.folder = folder;
    this.most = most;
  }

  /** Takes lines as they come out. */
  interface Sink {

    void take(String line) throws IOException;
  }

  /** Adds a line, which contains no line break. */
  void add(String line) throws IOException {
    lines.add(line);
    characters += line.length();
    if (characters >= most) {
      write();
    }
  }

  private void write() throws IOException {
    Collections.sort(lines);
    Path file = Files.createTempFile(folder, "sorted", ".part");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
    files.add(Files.newBufferedReader(file));
    lines = new ArrayList<>();
    characters = 0;
  }

  /** Returns all lines in the order of their UTF-16 units. */
  void drainTo(Sink sink) throws IOException {
    write();
    PriorityQueue<Head> heads = new PriorityQueue<>();
    for (BufferedReader file : files) {
      add(heads, file);
    }
    for (Head least = heads.poll(); least != null; least = heads.poll()) {
      sink.take(least.line());
      add(heads, least.file());
    }
  }

  private static void add(PriorityQueue<Head> heads, BufferedReader file) throws IOException {
    String line = file.readLine();
    if (line != null) {
      heads.add(new Head(line, file));
    }
  }

  /** The next line of a file. */
  private record Head(String line, BufferedReader file) implements Comparable<Head> {

    @Override
    public int compareTo(Head other) {
      return line.compareTo(other.line);
    }
  }

  @Override
  public void close() throws IOException {
    for (BufferedReader file : files) {
      file.close();
    }
  }
}
