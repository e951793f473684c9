package accounts.bench.freshness;

import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import accounts.bench.history.Source;
import accounts.v1.AccessReason;
import accounts.v1.AccessResult;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.Role;
import accounts.v1.User;
import accounts.v1.UserState;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Converts the contract's messages to {@link Answer}s. */
public final class Answers {

  /** The source and the age of an answer. */
  record Origin(Source source, Optional<Duration> age) {

    static Origin of(accounts.v1.Source source, com.google.protobuf.Duration age) {
      Duration passed = Duration.ofSeconds(age.getSeconds(), age.getNanos());
      return new Origin(Answers.source(source), Optional.of(passed));
    }
  }

  /** The key of the label that users have whose names change; its value is {@link #label}. */
  public static final String LABEL = "last-name";

  /** The contents of users that are suspended and resumed, and otherwise never change. */
  static final String ACTIVE = "active";

  static final String SUSPENDED = "suspended";

  private Answers() {}

  private static Source source(accounts.v1.Source source) {
    return switch (source) {
      case SOURCE_NEAR_CACHE -> Source.NEAR_CACHE;
      case SOURCE_CACHE -> Source.CACHE;
      case SOURCE_STORE -> Source.STORE;
      case SOURCE_UNSPECIFIED, UNRECOGNIZED -> Source.UNSTATED;
    };
  }

  static Answer of(Key key, User user, Origin origin) {
    return new Answer(user.getRevision(), value(key, user), origin.source(), origin.age());
  }

  static Answer of(Key key, Organization organization, Origin origin) {
    return new Answer(
        organization.getRevision(), value(key, organization), origin.source(), origin.age());
  }

  static Answer of(Key key, Membership membership, Origin origin) {
    return new Answer(
        membership.getRevision(), value(key, membership), origin.source(), origin.age());
  }

  /**
   * Returns what a check says of a membership that every role satisfies. A decision that fits
   * neither the role nor the reason differs from every content.
   */
  static Answer ofMembership(AccessResult result, Origin origin) {
    boolean isMember = result.getRole() != Role.ROLE_UNSPECIFIED;
    boolean fits = result.getAllowed() == (isMember && !isForTheUser(result));
    String role = isMember ? result.getRole().name() : Answer.ABSENT;
    return new Answer(
        result.getMembershipRevision(),
        fits ? role : "allowed " + result.getAllowed() + " as " + role,
        origin.source(),
        origin.age());
  }

  /** Returns whether a check is refused for what its user is, whatever the membership. */
  private static boolean isForTheUser(AccessResult result) {
    return result.getReason() == AccessReason.ACCESS_REASON_USER_SUSPENDED
        || result.getReason() == AccessReason.ACCESS_REASON_USER_BEING_DELETED
        || result.getReason() == AccessReason.ACCESS_REASON_USER_NOT_FOUND;
  }

  /** Returns what a check says of its user; empty if it does not show the content. */
  static Optional<Answer> ofUser(String username, AccessResult result, Origin origin) {
    if (result.getReason() == AccessReason.ACCESS_REASON_USER_NOT_FOUND) {
      return Optional.of(absent(result.getUserRevision(), origin));
    }
    if (result.getRole() == Role.ROLE_UNSPECIFIED || !Names.isSuspendable(username)) {
      return Optional.empty();
    }
    boolean suspended = result.getReason() == AccessReason.ACCESS_REASON_USER_SUSPENDED;
    String content = suspended ? SUSPENDED : ACTIVE;
    return Optional.of(
        new Answer(result.getUserRevision(), content, origin.source(), origin.age()));
  }

  static Answer absent(long revision, Origin origin) {
    return new Answer(revision, Answer.ABSENT, origin.source(), origin.age());
  }

  /** Returns a text that differs for every content; an answer about another key differs, too. */
  static String value(Key key, User user) {
    String content = Names.isSuspendable(key.username()) ? state(user.getState()) : labelled(user);
    return user.getUsername().equals(key.username()) ? content : "user " + user.getUsername();
  }

  /** An answer whose label is of another revision than its names differs from every content. */
  private static String labelled(User user) {
    String name = user.getFirstName() + " " + user.getLastName();
    String label = user.getLabelsOrDefault(LABEL, "");
    return label.equals(label(user.getLastName())) ? name : name + ", labelled " + label;
  }

  /** Returns the label that a last name comes with, in every change. */
  public static String label(String lastName) {
    return lastName.toLowerCase(Locale.ROOT);
  }

  /** Returns whether a user of this content has a label of this value. */
  static boolean isLabelled(String value, String label) {
    return !label.isEmpty() && label.equals(label(value.substring(value.lastIndexOf(' ') + 1)));
  }

  private static String state(UserState state) {
    return switch (state) {
      case USER_STATE_ACTIVE -> ACTIVE;
      case USER_STATE_SUSPENDED -> SUSPENDED;
      case USER_STATE_DELETING, USER_STATE_DELETED, USER_STATE_UNSPECIFIED, UNRECOGNIZED ->
          state.name();
    };
  }

  static String value(Key key, Organization organization) {
    return organization.getOrganizationName().equals(key.organization())
        ? organization.getDisplayName() + " of " + organization.getFoundingUser()
        : "organization " + organization.getOrganizationName();
  }

  static String value(Key key, Membership membership) {
    Key answered = Key.membership(membership.getOrganizationName(), membership.getUsername());
    return answered.equals(key) ? membership.getRole().name() : answered.toString();
  }

  /** Returns the absence that a failure reports; empty for any other failure. */
  static Optional<Answer> absence(StatusRuntimeException failure) {
    return failure.getStatus().getCode() == Status.Code.NOT_FOUND
        ? Optional.of(Answer.absent(revision(failure)))
        : Optional.empty();
  }

  private static long revision(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null
        ? 0
        : status.getDetailsList().stream().mapToLong(Answers::revision).max().orElse(0);
  }

  /** Returns the reason of a failure from one of its details; empty if the detail has none. */
  static String reason(Any detail) {
    try {
      return detail.is(ErrorInfo.class) ? detail.unpack(ErrorInfo.class).getReason() : "";
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }

  private static long revision(Any detail) {
    try {
      return detail.is(ErrorInfo.class)
          ? Long.parseLong(detail.unpack(ErrorInfo.class).getMetadataOrDefault("revision", "0"))
          : 0;
    } catch (InvalidProtocolBufferException | NumberFormatException e) {
      return 0;
    }
  }
}
