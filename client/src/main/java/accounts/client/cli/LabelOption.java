package accounts.client.cli;

import accounts.client.Label;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a label of the command line; the service judges its characters. */
final class LabelOption implements ITypeConverter<Label> {

  @Override
  public Label convert(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new TypeConversionException("'" + text + "' (expected: KEY=VALUE)");
    }
    return new Label(text.substring(0, equals), text.substring(equals + 1));
  }

  /** Returns labels by their keys; of several with the same key, the last. */
  static Map<String, String> map(List<Label> labels) {
    Map<String, String> map = new TreeMap<>();
    labels.forEach(label -> map.put(label.key(), label.value()));
    return map;
  }
}
