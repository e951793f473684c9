package accounts.client.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Sorts lines that need not fit into memory: parts of them in files, which are then merged. For one
 * thread, once.
 */
final class SortedLines implements AutoCloseable {

  /** The most files that are open at once; more parts are merged in rounds. */
  static final int OPEN_PARTS = 200;

  /** What a line takes beside its characters: a string, its array and a place in the list. */
  private static final int OVERHEAD_BYTES = 64;

  private final Path folder;
  private final long memoryBytes;
  private final Queue<Path> parts = new ArrayDeque<>();
  private List<String> lines = new ArrayList<>();
  private long bytes;

  /**
   * @param folder where the files are made
   * @param memoryBytes about how much memory is taken by lines at most
   */
  SortedLines(Path folder, long memoryBytes) {
    this.folder = folder;
    this.memoryBytes = memoryBytes;
  }

  /** Takes lines as they come out. */
  interface Sink {

    void take(String line) throws IOException, InterruptedException;
  }

  /** Adds a line, which contains no line break. */
  void add(String line) throws IOException {
    lines.add(line);
    bytes += OVERHEAD_BYTES + (long) Character.BYTES * line.length();
    if (bytes >= memoryBytes) {
      write();
    }
  }

  private void write() throws IOException {
    Collections.sort(lines);
    try (BufferedWriter out = newPart()) {
      for (String line : lines) {
        write(out, line);
      }
    }
    lines = new ArrayList<>();
    bytes = 0;
  }

  private BufferedWriter newPart() throws IOException {
    Path part = Files.createTempFile(folder, "sorted", ".part");
    parts.add(part);
    return Files.newBufferedWriter(part);
  }

  private static void write(BufferedWriter out, String line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  /** Returns all lines in the order of their UTF-16 units. */
  void drainTo(Sink sink) throws IOException, InterruptedException {
    write();
    while (parts.size() > OPEN_PARTS) {
      List<Path> round = takeParts();
      try (BufferedWriter out = newPart()) {
        merge(round, line -> write(out, line));
      }
    }
    merge(takeParts(), sink);
  }

  private List<Path> takeParts() {
    List<Path> taken = new ArrayList<>();
    while (taken.size() < OPEN_PARTS && !parts.isEmpty()) {
      taken.add(parts.remove());
    }
    return taken;
  }

  /** Merges parts, and deletes them. */
  private static void merge(List<Path> parts, Sink sink) throws IOException, InterruptedException {
    List<BufferedReader> files = new ArrayList<>();
    try {
      PriorityQueue<Head> heads = new PriorityQueue<>();
      for (Path part : parts) {
        BufferedReader file = Files.newBufferedReader(part);
        files.add(file);
        add(heads, file);
      }
      for (Head least = heads.poll(); least != null; least = heads.poll()) {
        sink.take(least.line());
        add(heads, least.file());
      }
    } finally {
      for (BufferedReader file : files) {
        file.close();
      }
    }
    deleteAll(parts);
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

  private static void deleteAll(Iterable<Path> parts) throws IOException {
    for (Path part : parts) {
      Files.deleteIfExists(part);
    }
  }

  /** Deletes the parts that were not merged. */
  @Override
  public void close() throws IOException {
    deleteAll(parts);
  }
}
