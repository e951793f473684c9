package accounts.client.cli;

import accounts.v1.Entity;
import accounts.v1.SuspendUserRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes the file of an export of entities in any order: users first, then each organization with
 * its owners before other members, then who is suspended, so that an import finds all that a line
 * needs. Entities are joined by sorting: memberships with users, then with organizations, whose
 * owners may be users that were not seen. For one thread, once.
 */
final class ExportWriter implements AutoCloseable {

  /** Three sorts, of which two are filled at once. */
  static final long MEMORY_BYTES = 64L << 20;

  private final Path folder;
  private final ExportReads reads;
  private final ExportCounts counts = new ExportCounts();
  private final SortedLines byUser;
  private final SortedLines byOrganization;
  private final SortedLines users;
  private final ExportRecords records;

  /** The last user that was written. */
  private String last = "";

  /**
   * @param folder where files are made; the caller deletes them
   * @param memoryBytes of each of the sorts
   */
  ExportWriter(Path folder, long memoryBytes, ExportReads reads) {
    this.folder = folder;
    this.reads = reads;
    this.byUser = new SortedLines(folder, memoryBytes);
    this.byOrganization = new SortedLines(folder, memoryBytes);
    this.users = new SortedLines(folder, memoryBytes);
    this.records = new ExportRecords(byUser, byOrganization, counts);
  }

  void add(Entity entity) throws IOException {
    records.add(entity);
  }

  /** Returns the file, which is on disk then. */
  Path write() throws IOException, InterruptedException {
    byUser.drainTo(new ExportUsers(reads, users, byOrganization, counts)::take);
    Path organizations = writeOrganizations();
    Path written = newFile();
    Path suspensions = newFile();
    try (BufferedWriter out = Files.newBufferedWriter(written);
        BufferedWriter suspended = Files.newBufferedWriter(suspensions)) {
      users.drainTo(line -> writeUser(line, out, suspended));
    }
    try (FileChannel out = FileChannel.open(written, StandardOpenOption.APPEND);
        OutputStream end = Channels.newOutputStream(out)) {
      move(organizations, end);
      move(suspensions, end);
      out.force(true);
    }
    return written;
  }

  private Path writeOrganizations() throws IOException, InterruptedException {
    Path file = newFile();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      ExportOrganizations organizations =
          new ExportOrganizations(line -> write(out, line), reads, users, counts);
      byOrganization.drainTo(organizations::take);
      organizations.end();
    }
    return file;
  }

  /** Writes a user once: one that was read again may have been seen before. */
  private void writeUser(String line, BufferedWriter out, BufferedWriter suspended)
      throws IOException {
    String[] columns = ExportRecords.columns(line);
    String username = columns[0];
    if (username.equals(last)) {
      return;
    }
    last = username;
    write(out, columns[3]);
    counts.addUser();
    if (columns[2].equals(ExportRecords.SUSPENDED)) {
      SuspendUserRequest request = SuspendUserRequest.newBuilder().setUsername(username).build();
      write(suspended, ImportLine.text("suspension", request));
      counts.addSuspension();
    }
  }

  private Path newFile() throws IOException {
    return Files.createTempFile(folder, "export", ".jsonl");
  }

  private static void write(BufferedWriter out, String line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  private static void move(Path from, OutputStream to) throws IOException {
    Files.copy(from, to);
    Files.delete(from);
  }

  /** Returns what was written. */
  ExportSummary summary(String token) {
    return counts.summary(token);
  }

  @Override
  public void close() throws IOException {
    try (byUser;
        byOrganization;
        users) {
      // closes all of them, whichever fails
    }
  }
}
