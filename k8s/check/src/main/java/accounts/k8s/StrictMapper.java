package accounts.k8s;

import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Parses manifests as strictly as an API server: unknown fields are reported instead of collected,
 * and values are not converted to other types.
 */
final class StrictMapper {

  /**
   * The attribute of a reader with the {@code List<String>} to which JSON pointers of unknown
   * fields are added.
   */
  static final String UNKNOWN = "unknown";

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new NoSpareFields())
          .addHandler(new UnknownFields())
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, StrictMapper::onlyStrings)
          .build();

  private StrictMapper() {}

  private static void onlyStrings(MutableCoercionConfig config) {
    config
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** Hides the map in which fabric8's classes collect unknown fields. */
  private static final class NoSpareFields extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(MapperConfig<?> config, Annotated member) {
      return false;
    }
  }

  private static final class UnknownFields extends DeserializationProblemHandler {
    @Override
    @SuppressWarnings("unchecked") // KnownFields sets the attribute
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        ValueDeserializer<?> deserializer,
        Object bean,
        String name) {
      ((List<String>) context.getAttribute(UNKNOWN))
          .add(parser.streamReadContext().pathAsPointer().toString());
      parser.skipChildren();
      return true;
    }
  }
}
