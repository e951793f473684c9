package accounts.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * The rule that kinds and fields exist in the Kubernetes API and have values of the right type.
 * Kinds that are declared external, of operators, are not looked into.
 */
final class KnownFields implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle.manifests().stream()
        .filter(manifest -> !bundle.external().contains(kind(manifest)))
        .flatMap(KnownFields::check);
  }

  private static String kind(Manifest manifest) {
    return manifest.apiVersion() + "/" + manifest.kind();
  }

  private static Stream<Fault> check(Manifest manifest) {
    return Models.of(manifest)
        .map(type -> read(manifest, type))
        .orElseGet(() -> Stream.of(unknownKind(manifest)));
  }

  private static Fault unknownKind(Manifest manifest) {
    return manifest.root().at("kind").fault("a kind of apiVersion " + manifest.apiVersion());
  }

  private static Stream<Fault> read(Manifest manifest, Class<?> type) {
    List<String> unknown = new ArrayList<>();
    Stream<Fault> mismatch = Stream.empty();
    try {
      StrictMapper.MAPPER
          .readerFor(type)
          .withAttribute(StrictMapper.UNKNOWN, unknown)
          .readValue(manifest.json());
    } catch (JacksonException e) {
      mismatch = Stream.of(mismatch(manifest, e));
    }
    return Stream.concat(unknown.stream().map(pointer -> unknown(manifest, pointer)), mismatch);
  }

  private static Fault unknown(Manifest manifest, String pointer) {
    return JacksonPaths.ofPointer(manifest, pointer)
        .fault("a field that %s %s has".formatted(manifest.apiVersion(), manifest.kind()));
  }

  private static Fault mismatch(Manifest manifest, JacksonException e) {
    return JacksonPaths.ofReferences(manifest, e.getPath()).fault(typeOf(e));
  }

  private static String typeOf(JacksonException e) {
    return e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
        ? "a value of type " + mismatch.getTargetType().getSimpleName()
        : "a value of another type";
  }
}
