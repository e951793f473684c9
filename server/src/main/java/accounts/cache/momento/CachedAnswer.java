package accounts.cache.momento;

import accounts.codec.EntityCodec;
import accounts.codec.StoredMembership;
import accounts.codec.StoredOrganization;
import accounts.codec.StoredUser;
import accounts.codec.UnreadableBytesException;
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

/**
 * Encodes cached answers as bytes, without the names and the revision, which the cell has already.
 * Empty bytes mean absence.
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
      case Lookup.Absent<?> absent -> ABSENT;
    };
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
        case UserKey user ->
            new Lookup.Found<>(EntityCodec.decode(StoredUser.parseFrom(bytes), user, revision));
        case OrganizationKey organization ->
            new Lookup.Found<>(
                EntityCodec.decode(StoredOrganization.parseFrom(bytes), organization, revision));
        case MembershipKey membership ->
            new Lookup.Found<>(
                EntityCodec.decode(StoredMembership.parseFrom(bytes), membership, revision));
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new UnreadableBytesException(e);
    }
  }
}
