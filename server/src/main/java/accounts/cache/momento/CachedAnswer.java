package accounts.cache.momento;

import accounts.codec.EntityCodec;
import accounts.codec.StoredMembership;
import accounts.codec.StoredOrganization;
import accounts.codec.StoredReservation;
import accounts.codec.StoredUser;
import accounts.codec.UnreadableBytesException;
import accounts.domain.Account;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Revision;
import accounts.domain.User;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Encodes cached answers as bytes, without the names and the revision, which the cell has already.
 * Empty bytes mean absence, and so does a reservation of the name.
 */
final class CachedAnswer {

  private static final byte[] ABSENT = {};

  private CachedAnswer() {}

  /** Encodes for {@link #decode}. */
  static byte[] encode(Lookup<?> lookup) {
    return switch (lookup) {
      case Lookup.Found<?> found ->
          switch (found.entity()) {
            case User user -> EntityCodec.encodeWithoutKey(user).toByteArray();
            case Organization organization ->
                EntityCodec.encodeWithoutKey(organization).toByteArray();
            case Membership membership -> EntityCodec.encodeWithoutKey(membership).toByteArray();
          };
      case Lookup.Absent<?> absent ->
          absent.reservedUntil().map(CachedAnswer::reserved).orElse(ABSENT);
    };
  }

  private static byte[] reserved(Instant until) {
    return StoredReservation.newBuilder()
        .setReservedUntilMillis(until.toEpochMilli())
        .build()
        .toByteArray();
  }

  /**
   * Decodes what {@link #encode} returned.
   *
   * @param key the key of the answer
   * @param revision of the answer
   * @throws UnreadableBytesException if the bytes are anything else
   */
  static Lookup<?> decode(EntityKey<?> key, Revision revision, ByteBuffer bytes)
      throws UnreadableBytesException {
    if (!bytes.hasRemaining()) {
      return new Lookup.Absent<>(revision);
    }
    try {
      return switch (key) {
        case UserKey user -> decode(StoredUser.parseFrom(bytes), user, revision);
        case OrganizationKey organization ->
            decode(StoredOrganization.parseFrom(bytes), organization, revision);
        case MembershipKey membership ->
            new Lookup.Found<>(
                EntityCodec.decode(StoredMembership.parseFrom(bytes), membership, revision));
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new UnreadableBytesException(e);
    }
  }

  private static Lookup<User> decode(StoredUser stored, UserKey key, Revision revision) {
    return stored.getReservedUntilMillis() == 0
        ? new Lookup.Found<>(EntityCodec.decode(stored, key, revision))
        : deleted(revision, stored.getReservedUntilMillis());
  }

  private static Lookup<Organization> decode(
      StoredOrganization stored, OrganizationKey key, Revision revision) {
    return stored.getReservedUntilMillis() == 0
        ? new Lookup.Found<>(EntityCodec.decode(stored, key, revision))
        : deleted(revision, stored.getReservedUntilMillis());
  }

  private static <A extends Account> Lookup<A> deleted(Revision revision, long reservedUntil) {
    return new Lookup.Absent<>(revision, Optional.of(Instant.ofEpochMilli(reservedUntil)));
  }
}
