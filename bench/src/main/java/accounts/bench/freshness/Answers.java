package accounts.bench.freshness;

import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import accounts.bench.history.Source;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.User;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/** From the contract's messages to answers. */
final class Answers {

  /** Where an answer came from and how old it is. */
  record Told(Source source, Optional<Duration> age) {

    static Told of(accounts.v1.Source source, com.google.protobuf.Duration age) {
      Duration passed = Duration.ofSeconds(age.getSeconds(), age.getNanos());
      return new Told(Answers.source(source), Optional.of(passed));
    }
  }

  private Answers() {}

  private static Source source(accounts.v1.Source source) {
    return switch (source) {
      case SOURCE_NEAR_CACHE -> Source.NEAR_CACHE;
      case SOURCE_CACHE -> Source.CACHE;
      case SOURCE_STORE -> Source.STORE;
      case SOURCE_UNSPECIFIED, UNRECOGNIZED -> Source.UNSTATED;
    };
  }

  static Answer of(Key key, User user, Told told) {
    return new Answer(user.getRevision(), value(key, user), told.source(), told.age());
  }

  static Answer of(Key key, Organization organization, Told told) {
    return new Answer(
        organization.getRevision(), value(key, organization), told.source(), told.age());
  }

  static Answer of(Key key, Membership membership, Told told) {
    return new Answer(membership.getRevision(), value(key, membership), told.source(), told.age());
  }

  static Answer absent(long revision, Told told) {
    return new Answer(revision, Answer.ABSENT, told.source(), told.age());
  }

  /** Returns what tells this content from any other; an answer to another question is told too. */
  static String value(Key key, User user) {
    String name = user.getFirstName() + " " + user.getLastName();
    return user.getUsername().equals(key.username()) ? name : "user " + user.getUsername();
  }

  static String value(Key key, Organization organization) {
    return organization.getOrganizationName().equals(key.organization())
        ? organization.getDisplayName() + " of " + organization.getFoundingUser()
        : "organization " + organization.getOrganizationName();
  }

  static String value(Key key, Membership membership) {
    Key told = Key.membership(membership.getOrganizationName(), membership.getUsername());
    return told.equals(key) ? membership.getRole().name() : told.toString();
  }

  /** Returns the absence that a failure tells; empty if it tells something else. */
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

  /** Returns the reason for a failure, as one of its details tells it; empty where it does not. */
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
