package accounts.domain;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Tells an entity from all others that ever had its name: a UUID of version 8, made of the name and
 * the time of creation, which no two entities have in common. So it needs no place in the table,
 * and what was created before there were uids has one, the same on every instance.
 *
 * @param uuid of which letter case does not count
 */
public record Uid(UUID uuid) {

  private static final Pattern FORM =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  /** One for each thread that answers: made anew, it would be most of what a uid costs. */
  private static final ThreadLocal<MessageDigest> HASH = ThreadLocal.withInitial(Uid::newHash);

  private static final long VERSION_MASK = 0xFFFFFFFFFFFF0FFFL;
  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT_MASK = 0x3FFFFFFFFFFFFFFFL;
  private static final long VARIANT = 0x8000000000000000L;

  /**
   * Returns the uid with this text.
   *
   * @throws InvalidValueException if it is none
   */
  public static Uid parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidValueException(
          text, "empty, or a uid as in responses, like 5f0c6c2e-5c7d-8f6a-9b7e-3d1f0a2b4c6d");
    }
    return new Uid(UUID.fromString(text));
  }

  /**
   * Returns the uid of an entity.
   *
   * @param created its time of creation, of which milliseconds count
   */
  static Uid of(EntityKey<?> key, Instant created) {
    String identity = nameOf(key) + '/' + created.toEpochMilli();
    ByteBuffer hash = ByteBuffer.wrap(HASH.get().digest(identity.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & VERSION_MASK) | VERSION_8;
    long low = (hash.getLong() & VARIANT_MASK) | VARIANT;
    return new Uid(new UUID(high, low));
  }

  /** Neither usernames nor names of organizations have a slash. */
  private static String nameOf(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> "user/" + user.username();
      case OrganizationKey organization -> "organization/" + organization.organization();
      case MembershipKey membership ->
          "membership/" + membership.organization() + '/' + membership.username();
    };
  }

  private static MessageDigest newHash() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns it in the form of UUIDs, in lower case. */
  public String text() {
    return uuid.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
