package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import grpc.cache_client._SetIfRequest;
import grpc.common.Absent;
import grpc.common.AbsentOrEqual;
import grpc.common.Equal;
import grpc.common.NotEqual;
import grpc.common.Present;
import grpc.common.PresentAndNotEqual;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests SetIf through the stub, since the Java SDK does not call it. */
final class ConditionsTest {

  private static final ByteString VALUE = ByteString.copyFromUtf8("v");

  private final Sdk sdk = new Sdk();

  @AfterEach
  void close() {
    sdk.close();
  }

  @ParameterizedTest
  @CsvSource({
    // condition, stored when absent, when equal, when another
    "PRESENT,                false, true,  true",
    "PRESENT_AND_NOT_EQUAL,  false, false, true",
    "ABSENT,                 true,  false, false",
    "EQUAL,                  false, true,  false",
    "ABSENT_OR_EQUAL,        true,  true,  false",
    "NOT_EQUAL,              true,  false, true",
  })
  void setIf_eachCondition_storesWhenItHolds(
      _SetIfRequest.ConditionCase condition, boolean absent, boolean equal, boolean another) {
    sdk.set("equal", "v");
    sdk.set("another", "w");

    assertThat(stored("absent", condition)).isEqualTo(absent);
    assertThat(stored("equal", condition)).isEqualTo(equal);
    assertThat(stored("another", condition)).isEqualTo(another);
  }

  @Test
  void setIf_withoutCondition_isInvalidArgument() {
    assertThatThrownBy(() -> stored("k", _SetIfRequest.ConditionCase.CONDITION_NOT_SET))
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  private boolean stored(String key, _SetIfRequest.ConditionCase condition) {
    _SetIfRequest.Builder request =
        _SetIfRequest.newBuilder()
            .setCacheKey(ByteString.copyFromUtf8(key))
            .setCacheBody(ByteString.copyFromUtf8("new"))
            .setTtlMilliseconds(1000);
    return sdk.stub().setIf(with(request, condition).build()).hasStored();
  }

  private static _SetIfRequest.Builder with(
      _SetIfRequest.Builder request, _SetIfRequest.ConditionCase condition) {
    return switch (condition) {
      case PRESENT -> request.setPresent(Present.getDefaultInstance());
      case PRESENT_AND_NOT_EQUAL ->
          request.setPresentAndNotEqual(PresentAndNotEqual.newBuilder().setValueToCheck(VALUE));
      case ABSENT -> request.setAbsent(Absent.getDefaultInstance());
      case EQUAL -> request.setEqual(Equal.newBuilder().setValueToCheck(VALUE));
      case ABSENT_OR_EQUAL ->
          request.setAbsentOrEqual(AbsentOrEqual.newBuilder().setValueToCheck(VALUE));
      case NOT_EQUAL -> request.setNotEqual(NotEqual.newBuilder().setValueToCheck(VALUE));
      case CONDITION_NOT_SET -> request;
    };
  }
}
