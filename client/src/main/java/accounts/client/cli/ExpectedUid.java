package accounts.client.cli;

import picocli.CommandLine.Option;

/** The flag of commands that print one user, organization or membership. */
final class ExpectedUid {

  @Option(
      names = "--expected-uid",
      paramLabel = "UID",
      defaultValue = "",
      description =
          "Fail if it has another uid, since somebody else has the name now. --json prints uids.")
  String value = "";
}
