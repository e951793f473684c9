package accounts.client.cli;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSyntaxException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads lines of an import: JSON objects with one member, {@code user}, {@code organization},
 * {@code membership}, {@code display_name} or {@code suspension}, whose value is the request of the
 * RPC that makes it, in protobuf JSON, without a request id. What the contract's own rules refuse
 * is refused here.
 */
final class ImportParser {

  private static final String EXPECTED =
      " (expected: an object with one member: user, organization, membership, display_name or suspension)";

  private final Validator rules = ValidatorFactory.newBuilder().build();
  private final UUID importId;

  /**
   * @param importId of which the lines' request ids are made, so that a line that the same import
   *     sends again is not done twice
   */
  ImportParser(UUID importId) {
    this.importId = importId;
  }

  ParsedLine parse(Line line) {
    if (!line.fault().isEmpty()) {
      return invalid(line, line.fault());
    }
    try {
      Map.Entry<String, JsonElement> member = onlyMember(line.text());
      return switch (member.getKey()) {
        case "user" ->
            change(
                line,
                member,
                CreateUserRequest.newBuilder(),
                AccountServiceGrpc.getCreateUserMethod(),
                TouchedEntities::of);
        case "organization" ->
            change(
                line,
                member,
                CreateOrganizationRequest.newBuilder(),
                AccountServiceGrpc.getCreateOrganizationMethod(),
                TouchedEntities::of);
        case "membership" ->
            change(
                line,
                member,
                AddUserToOrganizationRequest.newBuilder(),
                AccountServiceGrpc.getAddUserToOrganizationMethod(),
                TouchedEntities::of);
        case "display_name" ->
            change(
                line,
                member,
                UpdateOrganizationRequest.newBuilder(),
                AccountServiceGrpc.getUpdateOrganizationMethod(),
                TouchedEntities::of);
        case "suspension" ->
            change(
                line,
                member,
                SuspendUserRequest.newBuilder(),
                AccountServiceGrpc.getSuspendUserMethod(),
                TouchedEntities::of);
        default -> invalid(line, Shown.quoted(member.getKey()) + EXPECTED);
      };
    } catch (JsonSyntaxException e) { // its message is for programmers
      return invalid(line, "not a JSON object" + EXPECTED);
    } catch (JsonParseException e) {
      return invalid(line, String.valueOf(e.getMessage()));
    }
  }

  private static Map.Entry<String, JsonElement> onlyMember(String text) {
    JsonObject object = StrictJson.object(text);
    if (object == null || object.size() != 1) {
      throw new JsonParseException((object == null ? 0 : object.size()) + " members" + EXPECTED);
    }
    return object.entrySet().iterator().next();
  }

  private <Q extends Message> ParsedLine change(
      Line line,
      Map.Entry<String, JsonElement> member,
      Message.Builder builder,
      MethodDescriptor<Q, ? extends Message> method,
      Function<Q, TouchedEntities> touched) {
    if (!(member.getValue() instanceof JsonObject json)) {
      return invalid(line, noObject(member, builder));
    }
    List<Refusal.Field> unusable = LineFields.read(json, builder);
    if (!unusable.isEmpty()) {
      return refused(line, unusable, "not the fields of such a line");
    }
    FieldDescriptor id = builder.getDescriptorForType().findFieldByName(LineFields.REQUEST_ID);
    @SuppressWarnings("unchecked") // the builder is that of the method's requests
    Q request = (Q) builder.setField(id, requestId(line)).build();
    List<Refusal.Field> faults = faults(request);
    return faults.isEmpty()
        ? new ImportChange(session -> session.start(method, request), touched.apply(request))
        : refused(line, faults, "refused by the contract's rules");
  }

  private static String noObject(Map.Entry<String, JsonElement> member, Message.Builder builder) {
    return "%s: %s (expected: an object with %s)"
        .formatted(
            member.getKey(),
            Shown.json(member.getValue()),
            FieldFaults.fields(builder.getDescriptorForType()));
  }

  private static Refusal refused(Line line, List<Refusal.Field> faults, String message) {
    return new Refusal(line.mark().line(), "INVALID_FIELD", faults, message);
  }

  private static Refusal invalid(Line line, String message) {
    return new Refusal(line.mark().line(), "INVALID_LINE", List.of(), message);
  }

  private String requestId(Line line) {
    String name = importId + " " + line.mark().line() + " " + line.text();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private List<Refusal.Field> faults(Message request) {
    try {
      return rules.validate(request).getViolations().stream()
          .map(violation -> FieldFaults.broken(violation, request))
          .toList();
    } catch (ValidationException e) {
      throw new IllegalStateException(e); // the rules belong to this version
    }
  }
}
