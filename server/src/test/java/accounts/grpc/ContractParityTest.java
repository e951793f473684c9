package accounts.grpc;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.domain.FieldFault;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceProto;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.UpdateUserRequest;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ExecutionException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the rules that the contract shows to every client and those that the server checks by hand
 * to the same verdict on the same requests.
 */
final class ContractParityTest {

  private static final int CASES_PER_TYPE = 2000;
  private static final long SEED = 20_260_101;
  private static final int MAX_BATCH = 100;

  /** The rule of UpdateOrganization that spans fields, for which the server names the first. */
  private static final String NOTHING_TO_CHANGE = "update_organization.something";

  private static final int MAX_TOKEN = 2048;

  /** Has the key of any item, somebody else's included. */
  private static final int MAX_SCAN_TOKEN = 8192;

  private static final ContractRules CONTRACT = new ContractRules();

  @ParameterizedTest
  @MethodSource("requestTypes")
  void parse_generatedRequests_findsFaultsInTheFieldsOfTheContractsRules(Message type)
      throws Exception {
    GeneratedRequests requests =
        new GeneratedRequests(SEED + type.getDescriptorForType().getFullName().hashCode());
    List<String> differences = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < CASES_PER_TYPE; i++) {
      Message request = withToken(requests.next(type), i);
      Set<String> contract = byContract(request);
      Set<String> own = byServer(request, contract);
      if (!agree(request, contract, own)) {
        differences.add("contract %s, server %s: %s".formatted(contract, own, request));
      }
      accepted += contract.isEmpty() ? 1 : 0;
    }

    assertThat(differences).isEmpty();
    assertThat(accepted)
        .as("accepted requests: enough of either verdict")
        .isBetween(CASES_PER_TYPE / 20, CASES_PER_TYPE * 19 / 20);
  }

  static Stream<Message> requestTypes() {
    return AccountServiceGrpc.getServiceDescriptor().getMethods().stream()
        .map(ContractParityTest::request);
  }

  private static Message request(MethodDescriptor<?, ?> method) {
    var marshaller = (PrototypeMarshaller<?>) method.getRequestMarshaller();
    return (Message) java.util.Objects.requireNonNull(marshaller.getMessagePrototype());
  }

  @Test
  void requestTypes_contract_areThoseOfEveryCall() {
    assertThat(requestTypes().count() * CASES_PER_TYPE).isGreaterThanOrEqualTo(20_000);
    assertThat(requestTypes().map(Message::getDescriptorForType))
        .containsExactlyElementsOf(
            AccountServiceProto.getDescriptor()
                .findServiceByName("AccountService")
                .getMethods()
                .stream()
                .map(method -> method.getInputType())
                .toList());
  }

  /** Tokens that come from the server are not found by chance. */
  private static Message withToken(Message request, int i) {
    return i % 4 == 0 && request instanceof ListOrganizationMembersRequest list
        ? list.toBuilder()
            .setPageToken(
                PageToken.after(
                    "olivia", list.toBuilder().clearPageToken().clearPageSize().build()))
            .build()
        : request;
  }

  /** The rules of UpdateUser that span fields have no field in the contract. */
  private static boolean agree(Message request, Set<String> contract, Set<String> own) {
    return request instanceof UpdateUserRequest
        ? contract.isEmpty() == own.isEmpty()
        : contract.equals(own);
  }

  /** The contract's faults; the server checks no item beyond the batch limit. */
  private static Set<String> byContract(Message request) throws Exception {
    Set<String> faults = new TreeSet<>();
    for (Violation violation : CONTRACT.violations(request)) {
      FieldPath path = violation.getField();
      if (path.getElementsList().stream().noneMatch(e -> e.getIndex() >= MAX_BATCH)) {
        faults.add(
            violation.getRuleId().equals(NOTHING_TO_CHANGE)
                ? "display_name"
                : path.getElementsList().stream()
                    .map(ContractParityTest::shown)
                    .collect(joining(".")));
      }
    }
    return faults;
  }

  private static String shown(FieldPathElement element) {
    return element.hasIndex()
        ? "%s[%d]".formatted(element.getFieldName(), element.getIndex())
        : element.getFieldName();
  }

  /** The server's faults but for those that the contract documents and cannot say as a rule. */
  private static Set<String> byServer(Message request, Set<String> contract) {
    Set<String> fields = new TreeSet<>();
    for (FieldFault fault : OwnParsing.faults(request)) {
      if (contract.contains(fault.field()) || !isPermitted(request, fault)) {
        fields.add(fault.field());
      }
    }
    return fields;
  }

  private static boolean isPermitted(Message request, FieldFault fault) {
    return isSlugFault(fault) || isTokenOfOtherQuery(request, fault);
  }

  private static boolean isSlugFault(FieldFault fault) {
    return fault.field().endsWith("organization_name")
        && fault.description().contains("of which a slug of 1-100 letters and digits");
  }

  private static boolean isTokenOfOtherQuery(Message request, FieldFault fault) {
    if (!fault.field().endsWith("token")) {
      return false;
    }
    var field = request.getDescriptorForType().findFieldByName(fault.field());
    int most = request instanceof ListEntitiesRequest ? MAX_SCAN_TOKEN : MAX_TOKEN;
    return ((String) request.getField(field)).length() <= most;
  }

  @Test
  void validate_updateUser_celJavaStillTakesAMaskForText() {
    Validator protovalidate = ValidatorFactory.newBuilder().build();

    // When this fails, cel-java issue 1074 is solved: ContractRules can go, Validator will do.
    assertThatThrownBy(() -> protovalidate.validate(UpdateUserRequest.getDefaultInstance()))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("Error resolving field 'paths'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!!", "李", "'"})
  void parse_nameWithEmptySlug_isRefusedByServerAlone(String name) throws Exception {
    GetOrganizationRequest request = getOrganization(name);

    assertThat(byContract(request)).isEmpty();
    assertThat(OwnParsing.faults(request)).singleElement().matches(ContractParityTest::isSlugFault);
  }

  @Test
  void parse_nameWithOverLongSlug_isRefusedByServerAlone() throws Exception {
    GetOrganizationRequest request = getOrganization("ß".repeat(51));

    assertThat(byContract(request)).isEmpty();
    assertThat(OwnParsing.faults(request)).singleElement().matches(ContractParityTest::isSlugFault);
  }

  private static GetOrganizationRequest getOrganization(String name) {
    return GetOrganizationRequest.newBuilder().setOrganizationName(name).build();
  }
}
