package accounts.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.domain.AccountException;
import accounts.v1.ListUsersRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountPagesTest {

  private static final ListUsersRequest REQUEST =
      ListUsersRequest.newBuilder().setUsernamePrefix("ali").build();

  // Somebody can make a token that is of the list and names what is not in it.
  @ParameterizedTest
  @ValueSource(strings = {"bob", "al", "Alice", "ali ce", ""})
  void parse_tokenOfANameOutsideTheList_isRefusedAsItWasSent(String name) {
    String token = PageToken.after(name, REQUEST);

    assertThatThrownBy(() -> AccountPages.parse(after(token)))
        .isInstanceOf(AccountException.class)
        .hasMessageContaining("page_token: ")
        .hasMessageContaining(token.substring(0, 20));
  }

  @Test
  void parse_tokenOfANameInTheList_goesOnAfterIt() {
    String token = PageToken.after("alice", REQUEST);

    assertThat(AccountPages.parse(after(token)).query().after().orElseThrow().name())
        .isEqualTo("alice");
  }

  @ParameterizedTest
  @CsvSource({"0, 50", "1, 1", "100, 100", "101, 100", "1000, 100"})
  void parse_anyPageSize_isAHundredAtMost(int asked, int limit) {
    ListUsersRequest request = REQUEST.toBuilder().setPageSize(asked).build();

    assertThat(AccountPages.parse(request).query().limit()).isEqualTo(limit);
  }

  private static ListUsersRequest after(String token) {
    return REQUEST.toBuilder().setPageToken(token).setPageSize(10).build();
  }
}
