package accounts.client.cli;

import java.io.IOException;

/**
 * Takes users and memberships sorted by username, and passes on the memberships of whom the file
 * has a line: an import refuses others. For one thread.
 */
final class ExportUsers {

  private final ExportReads reads;
  private final SortedLines users;
  private final SortedLines byOrganization;
  private final ExportCounts counts;

  /** The last user that has a line. */
  private String present = "";

  /**
   * @param users takes the users that have a line
   * @param byOrganization takes their memberships
   */
  ExportUsers(
      ExportReads reads, SortedLines users, SortedLines byOrganization, ExportCounts counts) {
    this.reads = reads;
    this.users = users;
    this.byOrganization = byOrganization;
    this.counts = counts;
  }

  void take(String line) throws IOException, InterruptedException {
    String[] columns = ExportRecords.columns(line);
    if (columns[1].equals(ExportRecords.ITSELF)) {
      takeUser(columns, line);
    } else if (columns[0].equals(present)) {
      byOrganization.add(ExportRecords.line(columns[2], columns[3], columns[0]));
    } else {
      counts.leaveOut();
    }
  }

  /** A deletion that was seen may have been given up: what memberships it left are there, then. */
  private void takeUser(String[] columns, String line) throws IOException, InterruptedException {
    String username = columns[0];
    String kept = line;
    if (columns[2].equals(ExportRecords.DELETING)) {
      kept =
          reads
              .user(username)
              .map(user -> ExportRecords.user(user, ExportRecords.READ_AGAIN))
              .orElse("");
    }
    if (kept.isEmpty()) {
      counts.leaveOut();
      return;
    }
    users.add(kept);
    present = username;
  }
}
