package accounts.client.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a request from protobuf JSON, field by field: the parser of a whole message does not say
 * which field it cannot read. For one thread, once.
 */
final class LineFields {

  /** The field that the import sets, and no line. */
  static final String REQUEST_ID = "request_id";

  private final Message.Builder request;
  private final Set<FieldDescriptor> read = new HashSet<>();

  private LineFields(Message.Builder request) {
    this.request = request;
  }

  /** Sets the fields of a request, and returns what is wrong with those that cannot be. */
  static List<Refusal.Field> read(JsonObject json, Message.Builder request) {
    LineFields fields = new LineFields(request);
    List<Refusal.Field> faults = new ArrayList<>();
    for (Map.Entry<String, JsonElement> member : json.entrySet()) {
      fields.read(member.getKey(), member.getValue()).ifPresent(faults::add);
    }
    return faults;
  }

  private Optional<Refusal.Field> read(String name, JsonElement value) {
    Optional<FieldDescriptor> field = field(name);
    if (field.isEmpty()) {
      return Optional.of(FieldFaults.unknown(name, value, request.getDescriptorForType()));
    }
    if (!read.add(field.get())) {
      return Optional.of(FieldFaults.repeated(field.get(), value));
    }
    return set(field.get(), value)
        ? Optional.empty()
        : Optional.of(FieldFaults.wrong(field.get(), value));
  }

  /** Returns whether the field may have the value, as far as its type says. */
  private boolean set(FieldDescriptor field, JsonElement value) {
    try {
      JsonFormat.parser().merge("{\"" + field.getName() + "\":" + value + "}", request);
      return !field.getName().equals(REQUEST_ID) || request.getField(field).equals("");
    } catch (InvalidProtocolBufferException e) { // its message is for programmers
      return false;
    }
  }

  private Optional<FieldDescriptor> field(String name) {
    return request.getDescriptorForType().getFields().stream()
        .filter(field -> name.equals(field.getName()) || name.equals(field.getJsonName()))
        .findFirst();
  }
}
