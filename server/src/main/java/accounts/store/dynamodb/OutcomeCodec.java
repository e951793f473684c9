package accounts.store.dynamodb;

import accounts.codec.EntityCodec;
import accounts.codec.InvitationCodec;
import accounts.codec.StoredDone;
import accounts.codec.StoredEntity;
import accounts.codec.StoredOutcome;
import accounts.codec.StoredRefusal;
import accounts.codec.UnreadableBytesException;
import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.HasMemberships;
import accounts.domain.AccountError.InvitationNotFound;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.MembershipNotFound;
import accounts.domain.AccountError.NotDeleted;
import accounts.domain.AccountError.OrganizationAlreadyExists;
import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.TooManyLabels;
import accounts.domain.AccountError.UserAlreadyExists;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Outcome;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Encodes the outcome of a mutation as bytes, for its request record. */
final class OutcomeCodec {

  private OutcomeCodec() {}

  /** Encodes for {@link #decode}. */
  static byte[] encode(Outcome outcome) {
    StoredOutcome.Builder stored = StoredOutcome.newBuilder();
    return switch (outcome) {
      case Outcome.Done done -> stored.setDone(encode(done)).build().toByteArray();
      case Outcome.Refused refused ->
          stored.setRefusal(encode(refused.refusal())).build().toByteArray();
    };
  }

  private static StoredDone encode(Outcome.Done done) {
    return StoredDone.newBuilder()
        .addAllEntities(done.entities().stream().map(EntityCodec::encode).toList())
        .addAllInvitations(done.invitations().stream().map(InvitationCodec::encode).toList())
        .build();
  }

  private static StoredRefusal encode(Refusal refusal) {
    StoredRefusal.Builder stored =
        StoredRefusal.newBuilder().setKind(refusal.getClass().getSimpleName());
    switch (refusal) {
      case UserNotFound r ->
          stored.setUsername(r.username().value()).setRevision(r.removal().value());
      case UserSuspended r -> stored.setUsername(r.username().value());
      case NotDeleted r -> stored.setUsername(r.username().value());
      case UserAlreadyExists r -> stored.setUsername(r.username().value());
      case OrganizationNotFound r ->
          stored.setOrganizationName(r.organization().value()).setRevision(r.removal().value());
      case OrganizationAlreadyExists r -> stored.setOrganizationName(r.organization().value());
      case MembershipNotFound r ->
          names(stored, r.organization(), r.username()).setRevision(r.removal().value());
      case MembershipAlreadyExists r -> names(stored, r.organization(), r.username());
      case InvitationNotFound r -> names(stored, r.organization(), r.username());
      case LastOwner r -> names(stored, r.organization(), r.username());
      case BeingDeleted r -> name(stored, r.key());
      case TooManyLabels r -> name(stored.setLabels(r.labels()), r.key());
      case HasMemberships r -> encode(stored, r);
      case RoleRequired r -> encode(stored, r);
      case RevisionMismatch r -> encode(stored, r);
    }
    return stored.build();
  }

  private static void encode(StoredRefusal.Builder stored, RoleRequired refusal) {
    names(stored, refusal.organization(), refusal.actingUser())
        .setRole(refusal.has().map(Role::name).orElse(""))
        .addAllRequiredRoles(refusal.required().stream().map(Role::name).sorted().toList());
  }

  private static void encode(StoredRefusal.Builder stored, RevisionMismatch refusal) {
    stored.setExpectedRevision(refusal.expected().value()).setRevision(refusal.actual().value());
    switch (refusal.key()) {
      case UserKey key -> stored.setUsername(key.username().value());
      case OrganizationKey key -> stored.setOrganizationName(key.organization().value());
      case MembershipKey key -> names(stored, key.organization(), key.username());
    }
  }

  private static void encode(StoredRefusal.Builder stored, HasMemberships refusal) {
    name(stored, refusal.key());
    stored.setMore(refusal.more());
    switch (refusal.key()) {
      case UserKey user ->
          refusal.first().forEach(key -> stored.addMemberships(key.organization().value()));
      case OrganizationKey organization ->
          refusal.first().forEach(key -> stored.addMemberships(key.username().value()));
    }
  }

  private static void name(StoredRefusal.Builder stored, AccountKey<?> key) {
    switch (key) {
      case UserKey user -> stored.setUsername(user.username().value());
      case OrganizationKey organization ->
          stored.setOrganizationName(organization.organization().value());
    }
  }

  private static StoredRefusal.Builder names(
      StoredRefusal.Builder stored, OrganizationName organization, Username username) {
    return stored.setOrganizationName(organization.value()).setUsername(username.value());
  }

  /**
   * Decodes what {@link #encode} returned.
   *
   * @throws UnreadableBytesException if the bytes are anything else
   */
  static Outcome decode(byte[] bytes) throws UnreadableBytesException {
    try {
      StoredOutcome stored = StoredOutcome.parseFrom(bytes);
      return switch (stored.getOutcomeCase()) {
        case DONE -> decode(stored.getDone());
        case REFUSAL -> new Outcome.Refused(decode(stored.getRefusal()));
        case OUTCOME_NOT_SET -> throw new UnreadableBytesException("no outcome");
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new UnreadableBytesException(e);
    }
  }

  private static Outcome decode(StoredDone stored) throws UnreadableBytesException {
    List<Resource> resources = new ArrayList<>();
    for (StoredEntity entity : stored.getEntitiesList()) {
      resources.add(EntityCodec.decode(entity));
    }
    stored.getInvitationsList().forEach(one -> resources.add(InvitationCodec.decode(one)));
    return new Outcome.Done(List.copyOf(resources));
  }

  private static Refusal decode(StoredRefusal stored) throws UnreadableBytesException {
    return switch (stored.getKind()) {
      case "UserNotFound" -> new UserNotFound(username(stored), new Revision(stored.getRevision()));
      case "UserSuspended" -> new UserSuspended(username(stored));
      case "UserAlreadyExists" -> new UserAlreadyExists(username(stored));
      case "OrganizationNotFound" ->
          new OrganizationNotFound(organization(stored), new Revision(stored.getRevision()));
      case "OrganizationAlreadyExists" -> new OrganizationAlreadyExists(organization(stored));
      case "MembershipNotFound" ->
          new MembershipNotFound(
              organization(stored), username(stored), new Revision(stored.getRevision()));
      case "MembershipAlreadyExists" ->
          new MembershipAlreadyExists(organization(stored), username(stored));
      case "InvitationNotFound" -> new InvitationNotFound(organization(stored), username(stored));
      case "LastOwner" -> new LastOwner(organization(stored), username(stored));
      case "NotDeleted" -> new NotDeleted(username(stored));
      case "TooManyLabels" -> new TooManyLabels(account(stored), stored.getLabels());
      case "BeingDeleted" -> new BeingDeleted(account(stored));
      case "HasMemberships" -> hasMemberships(stored);
      case "RoleRequired" -> roleRequired(stored);
      case "RevisionMismatch" -> revisionMismatch(stored);
      default -> throw new UnreadableBytesException("unknown refusal " + stored.getKind());
    };
  }

  private static RoleRequired roleRequired(StoredRefusal stored) {
    Optional<Role> has =
        stored.getRole().isEmpty() ? Optional.empty() : Optional.of(Role.valueOf(stored.getRole()));
    return new RoleRequired(
        organization(stored),
        username(stored),
        has,
        stored.getRequiredRolesList().stream().map(Role::valueOf).collect(Collectors.toSet()));
  }

  private static HasMemberships hasMemberships(StoredRefusal stored) {
    AccountKey<?> account = account(stored);
    return new HasMemberships(
        account,
        stored.getMembershipsList().stream()
            .map(other ->
                switch (account) {
                  case UserKey user ->
                      new MembershipKey(new OrganizationName(other), user.username());
                  case OrganizationKey organization ->
                      new MembershipKey(organization.organization(), new Username(other));
                })
            .toList(),
        stored.getMore());
  }

  private static AccountKey<?> account(StoredRefusal stored) {
    return stored.getUsername().isEmpty()
        ? new OrganizationKey(organization(stored))
        : new UserKey(username(stored));
  }

  private static RevisionMismatch revisionMismatch(StoredRefusal stored) {
    Revision expected = new Revision(stored.getExpectedRevision());
    Revision actual = new Revision(stored.getRevision());
    if (stored.getOrganizationName().isEmpty()) {
      return new RevisionMismatch(new UserKey(username(stored)), expected, actual);
    }
    if (stored.getUsername().isEmpty()) {
      return new RevisionMismatch(new OrganizationKey(organization(stored)), expected, actual);
    }
    return new RevisionMismatch(
        new MembershipKey(organization(stored), username(stored)), expected, actual);
  }

  private static OrganizationName organization(StoredRefusal stored) {
    return new OrganizationName(stored.getOrganizationName());
  }

  private static Username username(StoredRefusal stored) {
    return new Username(stored.getUsername());
  }
}
