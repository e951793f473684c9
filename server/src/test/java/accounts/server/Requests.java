package accounts.server;

import static com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel.NO_SIDE_EFFECTS;

import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AccountServiceProto;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.Invitation;
import accounts.v1.InviteUserResponse;
import accounts.v1.User;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes requests at random, by the contract's descriptors: right ones, and ones that are wrong in
 * every way that a message can be. The same seed makes the same requests, but for page tokens,
 * which come from answers. For one thread.
 */
final class Requests {

  static final List<String> USERS =
      Stream.of("olivia", "liam", "emma", "a.b_c@d+e-f", "0", "x".repeat(128)).toList();

  /** The others can be deleted: they are the last owners of nothing. */
  private static final List<String> OWNERS = USERS.subList(0, 4);

  static final List<String> ORGANIZATIONS = List.of("olivias-org", "b", "c_d", "y".repeat(100));

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "a#b",
          "USER#olivia",
          "ORG#b",
          "a/b",
          "../../etc/passwd",
          "ol\u0000ivia",
          "\n\r\t",
          "\u007f\u0085",
          " olivia",
          "olivia ",
          "\u00a0x",
          "\u2028",
          "\u202eaivilo",
          "İstanbul",
          "Straße",
          "日本語",
          "e\u0301",
          "🙂",
          "👨‍👩‍👧‍👦".repeat(50),
          "%s%n%00",
          "' OR 1=1 --",
          "${jndi:ldap://x}",
          "{}",
          "\"",
          "\\",
          "-",
          "--",
          "_",
          "Olivia's Org",
          "null",
          "x".repeat(101),
          "x".repeat(129),
          "é".repeat(100),
          "y".repeat(20_000));

  private static final List<String> PEOPLE =
      List.of("Olivia", "Liam O'Neill", "Ωmega", "名", "n".repeat(100));

  private static final Set<String> LABEL_FIELDS = Set.of("key", "value", "remove_labels");

  private static final int[] NUMBERS = {
    0, 1, 1, 2, 3, 4, 50, 100, 1000, 1001, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private static final List<MethodDescriptor> METHODS =
      AccountServiceProto.getDescriptor().findServiceByName("AccountService").getMethods();

  /** How much of all requests is made before the first that may delete something. */
  private static final double DELETED_FROM = 0.5;

  /** How much is made before the first that may erase a user. */
  private static final double ERASED_FROM = 0.9;

  private final Random random;
  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final Queue<Invitation> invitations = new ConcurrentLinkedQueue<>();
  private final List<String> requestIds;
  private final int planned;
  private int made;

  /**
   * @param planned how many are to be made
   */
  Requests(Random random, int planned) {
    this.random = random;
    this.planned = planned;
    this.requestIds = Stream.generate(this::uuid).limit(100).toList();
  }

  /** A request as it is sent. */
  final class Request {

    private final MethodDescriptor method;
    private final byte[] bytes;

    private Request(MethodDescriptor method, byte[] bytes) {
      this.method = method;
      this.bytes = bytes;
    }

    String method() {
      return method.getName();
    }

    byte[] bytes() {
      return bytes.clone();
    }

    /** Takes a page token or an invitation out of an answer, for a request to come. */
    void answered(byte[] response) {
      try {
        if (method().equals("InviteUser")) {
          invitations.add(InviteUserResponse.parseFrom(response).getInvitation());
          if (invitations.size() > 10) {
            var unused = invitations.poll();
          }
        }
        takeToken(response);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    private void takeToken(byte[] response) throws InvalidProtocolBufferException {
      FieldDescriptor token = method.getOutputType().findFieldByName("next_page_token");
      if (token == null || tokens.size() > 100) {
        return;
      }
      String value =
          (String) DynamicMessage.parseFrom(method.getOutputType(), response).getField(token);
      if (!value.isEmpty()) {
        tokens.add(value);
      }
    }

    @Override
    public String toString() {
      String hex = java.util.HexFormat.of().formatHex(bytes);
      return method() + " " + (hex.length() > 400 ? hex.substring(0, 400) + "…" : hex);
    }
  }

  /**
   * What ends accounts comes late, and suspensions and reads, which succeed often, are seldomer:
   * too little would be left for the other methods.
   */
  private MethodDescriptor pickMethod() {
    MethodDescriptor method = pick(METHODS);
    double from =
        switch (method.getName()) {
          case "DeleteUser", "DeleteOrganization" -> DELETED_FROM * planned;
          case "PurgeUser" -> ERASED_FROM * planned;
          default -> 0;
        };
    return made < from || random.nextInt(timesSeldomer(method)) > 0 ? pickMethod() : method;
  }

  private static int timesSeldomer(MethodDescriptor method) {
    boolean isRead = method.getOptions().getIdempotencyLevel() == NO_SIDE_EFFECTS;
    return method.getName().equals("SuspendUser") ? 4 : isRead ? 3 : 1;
  }

  Request next() {
    made++;
    MethodDescriptor method = pickMethod();
    int kind = random.nextInt(20);
    if (kind < 3) {
      return new Request(method, randomBytes(random.nextInt(200)));
    }
    byte[] bytes =
        aboutAnInvitation(method).orElseGet(() -> message(method.getInputType())).toByteArray();
    return new Request(method, kind < 7 ? damaged(bytes) : bytes);
  }

  /** Hardly anybody would meet one by chance. */
  private Optional<Message> aboutAnInvitation(MethodDescriptor method) {
    boolean accepted = method.getName().equals("AcceptInvitation");
    boolean ended = method.getName().equals("DeleteInvitation") && random.nextInt(4) == 0;
    List<Invitation> known = List.copyOf(invitations);
    if (known.isEmpty() || !(ended || (accepted && random.nextBoolean()))) {
      return Optional.empty();
    }
    return Optional.of(pick(known))
        .map(invitation ->
            accepted
                ? AcceptInvitationRequest.newBuilder()
                    .setOrganizationName(invitation.getOrganizationName())
                    .setActingUser(invitation.getUsername())
                    .build()
                : DeleteInvitationRequest.newBuilder()
                    .setOrganizationName(invitation.getOrganizationName())
                    .setUsername(invitation.getUsername())
                    .setActingUser(invitation.getUsername())
                    .build());
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] damaged(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    byte[] damaged = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    return damaged;
  }

  /** Most fields right, so that one is often the only one wrong, or none. */
  private DynamicMessage message(Descriptor type) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (field.isRepeated()) {
        for (int i = repetitions(field); i > 0; i--) {
          message.addRepeatedField(field, value(field));
        }
      } else if (field.getRealContainingOneof() != null) {
        // The later field wins.
        if (random.nextBoolean()) {
          message.setField(field, value(field));
        }
      } else if (random.nextInt(10) > 0) {
        message.setField(field, value(field));
      }
    }
    return message.build();
  }

  private int repetitions(FieldDescriptor field) {
    // Labels of a user are refused where a user is changed.
    if (field.getContainingType().equals(User.getDescriptor())) {
      return random.nextInt(10) == 0 ? 1 : 0;
    }
    // So many that there are soon more than there may be.
    if (field.isMapField() && random.nextInt(20) > 0) {
      return random.nextInt(25);
    }
    return switch (random.nextInt(60)) {
      case 0 -> 0;
      case 1 -> 100;
      case 2 -> 101 + random.nextInt(100);
      default -> 1 + random.nextInt(4);
    };
  }

  private Object value(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> text(field.getName());
      case ENUM ->
          field
              .getEnumType()
              .findValueByNumberCreatingIfUnknown(
                  random.nextInt(10) > 0 ? random.nextInt(4) : number());
      case INT -> number();
      // Most revisions are not checked, and no duration of 0 s is right.
      case LONG -> field.getName().equals("seconds") ? seconds() : revision();
      case MESSAGE -> message(field.getMessageType());
      case BOOLEAN -> random.nextBoolean();
      case BYTE_STRING -> ByteString.copyFrom(randomBytes(20));
      case FLOAT, DOUBLE -> throw new IllegalStateException("the contract has none: " + field);
    };
  }

  private long seconds() {
    return random.nextInt(4) > 0 ? 86_400 : number();
  }

  private long revision() {
    return switch (random.nextInt(10)) {
      case 0 -> random.nextLong();
      case 1, 2 -> (long) number();
      default -> 0L;
    };
  }

  private int number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private String text(String field) {
    if (random.nextInt(LABEL_FIELDS.contains(field) ? 100 : 6) == 0) {
      return random.nextBoolean() ? pick(ODD) : characters();
    }
    return switch (field) {
      case "organization_name" -> rarely("org-" + made, () -> pick(ORGANIZATIONS));
      case "first_name", "last_name" -> pick(PEOPLE);
      case "key", "remove_labels" -> "k" + random.nextInt(200);
      case "value" -> "v" + random.nextInt(3);
      case "label" -> rarely("k%d=v1".formatted(random.nextInt(200)), () -> "");
      case "request_id" -> random.nextInt(3) == 0 ? pick(requestIds) : "";
      case "page_token" -> token();
      case "username_prefix" -> pick(List.of("", "u", "user-", "olivia", "x".repeat(128)));
      case "organization_name_prefix" -> pick(List.of("", "o", "org-", "b", "y".repeat(100)));
      case "uid", "expected_uid", "user_uid", "organization_uid" ->
          rarely(new UUID(random.nextLong(), random.nextLong()).toString(), () -> "");
      case "paths" -> pick(List.of("first_name", "last_name", "*", "revision", "user.first_name"));
      case "founding_user", "owner" -> rarely("user-" + made, () -> pick(OWNERS));
      default -> rarely("user-" + made, () -> pick(USERS));
    };
  }

  private String rarely(String fresh, Supplier<String> known) {
    return random.nextInt(8) == 0 ? fresh : known.get();
  }

  private String token() {
    return switch (random.nextInt(8)) {
      case 0 -> tokens.isEmpty() ? "" : tokens.remove();
      case 1 -> Base64.getUrlEncoder().encodeToString(randomBytes(random.nextInt(90)));
      default -> "";
    };
  }

  /** Any code points but surrogates, which UTF-8 does not have. */
  private String characters() {
    StringBuilder text = new StringBuilder();
    random
        .ints(random.nextInt(150), 0, Character.MAX_CODE_POINT + 1)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
