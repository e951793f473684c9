package accounts.grpc;

import accounts.domain.Entity;
import accounts.domain.InvalidValueException;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.User;
import accounts.store.EntityPage;
import accounts.store.ScanPosition;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.ListEntitiesResponse;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses requests for a page of everything, and builds the responses. Throws {@link
 * accounts.domain.AccountException} naming all faults.
 */
final class EntityPages {

  /** A length, that of the first of the two texts that follow the space. */
  private static final Pattern POSITION = Pattern.compile("(\\d{1,4}) (.*)", Pattern.DOTALL);

  /** In bytes; no item's key is longer. */
  private static final int LONGEST_PARTITION = 2_048;

  private static final int LONGEST_SORT = 1_024;

  private EntityPages() {}

  /**
   * A parsed request.
   *
   * @param after where the page before ended; empty for the first page
   * @param identity the request without its token and page size, which the next token is bound to
   */
  record Requested(Optional<ScanPosition> after, int limit, Message identity) {}

  static Requested parse(ListEntitiesRequest request) {
    Fields fields = new Fields();
    Message identity = request.toBuilder().clearPageToken().clearPageSize().build();
    var limit = QueryRequests.pageSize(fields, request.getPageSize());
    var after =
        fields.read(
            "page_token",
            request.getPageToken(),
            token -> PageToken.read(token, identity, EntityPages::position));
    return fields.checked(() -> new Requested(after.get(), limit.get(), identity));
  }

  private static ScanPosition position(String text) {
    Matcher matcher = POSITION.matcher(text);
    if (matcher.matches()) {
      int length = Integer.parseInt(matcher.group(1));
      String keys = matcher.group(2);
      if (length <= keys.length()) {
        String partition = keys.substring(0, length);
        String sort = keys.substring(length);
        if (isWithin(partition, LONGEST_PARTITION) && isWithin(sort, LONGEST_SORT)) {
          return new ScanPosition(partition, sort);
        }
      }
    }
    throw new InvalidValueException(text, "a length, and two texts");
  }

  private static boolean isWithin(String part, int longest) {
    int length = part.getBytes(StandardCharsets.UTF_8).length;
    return length >= 1 && length <= longest;
  }

  static ListEntitiesResponse response(Requested requested, EntityPage page) {
    return ListEntitiesResponse.newBuilder()
        .addAllEntities(page.entities().stream().map(EntityPages::message).toList())
        .setNextPageToken(
            page.next().map(last -> PageToken.after(text(last), requested.identity())).orElse(""))
        .build();
  }

  private static String text(ScanPosition last) {
    return last.partition().length() + " " + last.partition() + last.sort();
  }

  private static accounts.v1.Entity message(Entity entity) {
    accounts.v1.Entity.Builder message = accounts.v1.Entity.newBuilder();
    switch (entity) {
      case User user -> message.setUser(Messages.of(user));
      case Organization organization -> message.setOrganization(Messages.of(organization));
      case Membership membership -> message.setMembership(Messages.of(membership));
    }
    return message.build();
  }
}
