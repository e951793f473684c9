package accounts.k8s;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule that what is deployed has no values that only stand for others: names of example
 * domains, the account of AWS's examples, and {@code replace-me}. The manifests of the repository
 * have them, so this rule is not among {@link Rule#ALL}.
 */
final class Placeholders implements Rule {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("replace-me|111122223333|\\bexample\\.(com|org|net)\\b");

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle.manifests().stream()
        .flatMap(manifest -> leaves(manifest.root()))
        .filter(field -> PLACEHOLDER.matcher(field.text()).find())
        .map(field -> field.fault("a value of yours"));
  }

  private static Stream<ManifestField> leaves(ManifestField field) {
    return Stream.concat(
        Stream.of(field),
        Stream.concat(field.fields(), field.items()).flatMap(Placeholders::leaves));
  }
}
