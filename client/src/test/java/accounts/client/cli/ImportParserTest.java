package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.cli.Refusal.Field;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Message;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what is said of lines that cannot be imported. */
final class ImportParserTest {

  private static final String USERNAME =
      "1-128 letters, digits, '.', '_', '@', '+' or '-', the first a letter or digit";
  private static final String TEXT =
      "1-100 characters, no control characters, no space at either end";
  private static final String ROLE = "1 (ROLE_OWNER), 2 (ROLE_ADMIN) or 3 (ROLE_MEMBER)";
  private static final String LABEL_KEY =
      "a key of 1-63 characters of a-z, 0-9, '_', '.' and '-', the first a letter";
  private static final String LABEL_VALUE =
      "a value of 0-63 characters of a-z, 0-9, '_', '.' and '-'";

  @Test
  void parse_missingAndMalformedFields_namesFieldValueAndExpectation() {
    assertThat(fields("{\"user\":{\"username\":\"?\",\"first_name\":\" a\"}}"))
        .containsExactlyInAnyOrder(
            field("username", "\"?\"", USERNAME),
            field("first_name", "\" a\"", TEXT),
            field("last_name", "\"\"", TEXT));
  }

  @Test
  void parse_badLabels_namesTheKeyOrTheLabelWithItsValue() {
    assertThat(fields(user("\"labels\":{\"A\":\"b\",\"plan\":\"very good\"}")))
        .containsExactlyInAnyOrder(
            field("labels", "\"A\"", LABEL_KEY),
            field("labels", "\"plan=very good\"", LABEL_VALUE));
  }

  @Test
  void parse_tooManyLabels_saysHowMany() {
    String labels =
        IntStream.range(0, 33)
            .mapToObj(i -> "\"a" + i + "\":\"\"")
            .collect(Collectors.joining(","));

    assertThat(fields(user("\"labels\":{" + labels + "}")))
        .containsExactly(field("labels", "33", "at most 32 labels"));
  }

  @Test
  void parse_badKeysToRemove_namesTheirPlaces() {
    assertThat(fields(update("\"remove_labels\":[\"a\",\"\",\"B\"]")))
        .containsExactly(
            field("remove_labels[1]", "\"\"", LABEL_KEY),
            field("remove_labels[2]", "\"B\"", LABEL_KEY));
  }

  @Test
  void parse_badRoles_namesTheRoles() {
    assertThat(fields(membership("\"role\":\"member\"")))
        .containsExactly(field("role", "\"member\"", ROLE));
    assertThat(fields(membership("\"role\":7"))).containsExactly(field("role", "7", ROLE));
    assertThat(fields(membership("\"role\":{}"))).containsExactly(field("role", "{}", ROLE));
    assertThat(fields(membership("\"role\":null"))).containsExactly(field("role", "0", ROLE));
  }

  @Test
  void parse_valuesOfOtherTypes_saysWhichAreExpected() {
    assertThat(
            fields(update("\"set_labels\":7,\"remove_labels\":\"a\",\"expected_revision\":\"x\"")))
        .containsExactly(
            field("set_labels", "7", "an object with a text for each key"),
            field("remove_labels", "\"a\"", "an array of texts"),
            field("expected_revision", "\"x\"", "a revision, 0 or more"));
  }

  @Test
  void parse_updateOfNothing_namesWhatMayBeSet() {
    assertThat(fields(update("\"expected_revision\":-1")))
        .containsExactlyInAnyOrder(
            field("display_name", "\"\"", "a name, or set_labels or remove_labels set"),
            field("expected_revision", "-1", "a revision, 0 or more"));
  }

  @Test
  void parse_unknownField_namesThoseThatThereAre() {
    assertThat(fields(user("\"name\":\"a\"")))
        .containsExactly(
            field("name", "\"a\"", "one of the fields username, first_name, last_name, labels"));
  }

  @Test
  void parse_fieldByBothOfItsNames_isRefused() {
    assertThat(fields(user("\"firstName\":\"a\"")))
        .containsExactly(field("first_name", "\"a\"", "given once, as first_name or firstName"));
  }

  @Test
  void parse_longValueWithControlCharacters_isCutAndEscaped() {
    String secret = "x".repeat(59) + "\\n" + "secret";

    assertThat(fields(membership("\"role\":\"" + secret + "\"")))
        .containsExactly(field("role", "\"" + "x".repeat(59) + "\\u000a…\"", ROLE));
  }

  @Test
  void parse_noObject_saysWhatItIsAndWhatItHas() {
    assertThat(refusal("{\"suspension\":null}").message())
        .isEqualTo("suspension: null (expected: an object with username, expected_revision)");
    assertThat(refusal("{\"user\":\"a\"}").message())
        .isEqualTo(
            "user: \"a\" (expected: an object with username, first_name, last_name, labels)");
  }

  @Test
  void parse_keyGivenTwice_isRefusedWithItsPath() {
    assertThat(refusal(user("\"username\":\"b\"")).message())
        .isEqualTo("user.username: given twice (expected: once)");
    assertThat(refusal(user("\"labels\":{\"plan\":\"a\",\"plan\":\"b\"}")).message())
        .isEqualTo("user.labels.plan: given twice (expected: once)");
    assertThat(refusal("{\"user\":{},\"user\":{}}").message())
        .isEqualTo("user: given twice (expected: once)");
  }

  @Test
  void parse_sameKeyInTwoObjects_isNoRepetition() {
    assertThat(parse(user("\"labels\":{\"username\":\"a\",\"user\":\"b\"}")))
        .isInstanceOf(ImportChange.class);
  }

  @Test
  void wrong_everyFieldOfAnImport_hasAnExpectationOfItsOwn() {
    List<Message> requests =
        List.of(
            CreateUserRequest.getDefaultInstance(),
            CreateOrganizationRequest.getDefaultInstance(),
            AddUserToOrganizationRequest.getDefaultInstance(),
            UpdateOrganizationRequest.getDefaultInstance(),
            SuspendUserRequest.getDefaultInstance());

    assertThat(requests.stream().flatMap(q -> q.getDescriptorForType().getFields().stream()))
        .allSatisfy(field ->
            assertThat(FieldFaults.wrong(field, new JsonPrimitive(7)).problem())
                .doesNotContain("that the contract allows"));
  }

  private static String user(String more) {
    return "{\"user\":{\"username\":\"a\",\"first_name\":\"A\",\"last_name\":\"B\"," + more + "}}";
  }

  private static String membership(String role) {
    return "{\"membership\":{\"organization_name\":\"a\",\"member_username\":\"b\",\"adding_user\":\"c\","
        + role
        + "}}";
  }

  private static String update(String more) {
    return "{\"display_name\":{\"organization_name\":\"a\",\"acting_user\":\"b\"," + more + "}}";
  }

  private static Field field(String name, String value, String expected) {
    return new Field(name, value + " (expected: " + expected + ")");
  }

  private static List<Field> fields(String text) {
    Refusal refusal = refusal(text);
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELD");
    return refusal.fields();
  }

  private static Refusal refusal(String text) {
    return (Refusal) parse(text);
  }

  private static ParsedLine parse(String text) {
    return new ImportParser(new UUID(0, 0)).parse(new Line(new FileMark(1, 0, ""), text, ""));
  }
}
