package accounts.client.cli;

/** Counts what an export writes, and what it leaves out. For one thread. */
final class ExportCounts {

  private long users;
  private long suspended;
  private long organizations;
  private long memberships;
  private long leftOut;

  void addUser() {
    users++;
  }

  void addSuspension() {
    suspended++;
  }

  /** Counts an organization with its founder's membership. */
  void addOrganization() {
    organizations++;
    memberships++;
  }

  void addMembership() {
    memberships++;
  }

  void leaveOut() {
    leftOut++;
  }

  /**
   * Returns the counts.
   *
   * @param token of a watch from which on changes are to be applied to what was written
   */
  ExportSummary summary(String token) {
    return new ExportSummary(users, suspended, organizations, memberships, leftOut, token);
  }
}
