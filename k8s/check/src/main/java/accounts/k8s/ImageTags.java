package accounts.k8s;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule that images have a digest or a fixed tag: never {@code latest}, explicitly or by
 * default.
 */
final class ImageTags implements Rule {

  private static final Pattern PINNED =
      Pattern.compile(".+@sha256:[0-9a-f]{64}|.+:(?!latest$)[\\w][\\w.-]{0,127}");

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .containers()
        .map(container -> container.at("image"))
        .filter(image -> !PINNED.matcher(image.text()).matches())
        .map(image -> image.fault("a tag other than latest, or a digest"));
  }
}
