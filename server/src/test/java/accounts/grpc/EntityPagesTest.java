package accounts.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.domain.AccountException;
import accounts.store.EntityPage;
import accounts.store.ScanPosition;
import accounts.v1.ListEntitiesRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the tokens of pages of everything, which have any item's key. */
final class EntityPagesTest {

  private static final ListEntitiesRequest QUERY = ListEntitiesRequest.getDefaultInstance();

  private static EntityPages.Requested parse(String token) {
    return EntityPages.parse(QUERY.toBuilder().setPageToken(token).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"USER#olivia", "7 \n 8", "オ", " "})
  void response_keyOfAnyItem_isReadBackFromItsToken(String partition) {
    ScanPosition last = new ScanPosition(partition, "sort 1" + partition);
    String token =
        EntityPages.response(parse(""), new EntityPage(List.of(), Optional.of(last)))
            .getNextPageToken();

    assertThat(parse(token).after()).contains(last);
  }

  @Test
  void response_lastPage_hasNoToken() {
    assertThat(
            EntityPages.response(parse(""), new EntityPage(List.of(), Optional.empty()))
                .getNextPageToken())
        .isEmpty();
  }

  @Test
  void parse_pageSize_isTheLimit() {
    assertThat(parse("").limit()).isEqualTo(50);
    assertThat(EntityPages.parse(QUERY.toBuilder().setPageSize(2000).build()).limit())
        .isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0 sort", "9 short", "4 only", "-1 ab"})
  void parse_positionThatNoKeyIs_isRefused(String position) {
    assertThatThrownBy(() -> parse(PageToken.after(position, QUERY)))
        .isInstanceOf(AccountException.class)
        .hasMessageContaining("page_token");
  }

  @Test
  void parse_keyThatIsTooLong_isRefused() {
    assertThatThrownBy(() -> parse(PageToken.after("2 ab" + "é".repeat(513), QUERY)))
        .isInstanceOf(AccountException.class);
  }
}
