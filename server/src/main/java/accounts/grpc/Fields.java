package accounts.grpc;

import accounts.domain.AccountError.InvalidFields;
import accounts.domain.AccountException;
import accounts.domain.DisplayName;
import accounts.domain.DisplayText;
import accounts.domain.FieldFault;
import accounts.domain.InvalidValueException;
import accounts.domain.Label;
import accounts.domain.LabelChange;
import accounts.domain.LabelKey;
import accounts.domain.Labels;
import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Uid;
import accounts.domain.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses the fields of one request and collects all faults. Values are available only in {@link
 * #checked}, once all fields are valid. Not thread-safe; one for each request.
 */
final class Fields {

  private static final String ROLES = "1 (ROLE_OWNER), 2 (ROLE_ADMIN) or 3 (ROLE_MEMBER)";

  private final List<FieldFault> faults = new ArrayList<>();

  /** The value of a field, available once all fields are valid. */
  static final class Field<T> {

    private final @Nullable T value;

    private Field(@Nullable T value) {
      this.value = value;
    }

    static <T> Field<T> of(T value) {
      return new Field<>(value);
    }

    <U, R> Field<R> and(Field<U> other, BiFunction<T, U, R> function) {
      return new Field<>(
          value == null || other.value == null ? null : function.apply(value, other.value));
    }

    <R> Field<R> map(Function<T, R> function) {
      return new Field<>(value == null ? null : function.apply(value));
    }

    /** Returns the value; only inside {@link Fields#checked}. */
    T get() {
      if (value == null) {
        throw new IllegalStateException("the field is malformed");
      }
      return value;
    }
  }

  Field<Username> username(String field, String value) {
    return read(field, value, Username::new);
  }

  Field<PersonName> personName(String field, String value) {
    return read(field, value, PersonName::new);
  }

  /** A name that must be well-formed unless it is empty. */
  Field<Optional<PersonName>> personNameIfSet(String field, String value) {
    return value.isEmpty()
        ? new Field<>(Optional.empty())
        : read(field, value, name -> Optional.of(new PersonName(name)));
  }

  /** A text that must be well-formed unless it is empty. */
  Field<Optional<DisplayText>> displayTextIfSet(String field, String value) {
    return value.isEmpty()
        ? new Field<>(Optional.empty())
        : read(field, value, text -> Optional.of(new DisplayText(text)));
  }

  /** A label that must be well-formed unless it is empty. */
  Field<Optional<Label>> labelIfSet(String field, String value) {
    return value.isEmpty()
        ? new Field<>(Optional.empty())
        : read(field, value, label -> Optional.of(Label.parse(label)));
  }

  Field<Labels> labels(String field, Map<String, String> value) {
    int before = faults.size();
    if (value.size() <= Labels.MOST) {
      value.forEach((key, text) -> read(field, Map.of(key, text), Labels::of));
    }
    return faults.size() > before ? new Field<>(null) : read(field, value, Labels::of);
  }

  /** A change of labels, from the fields that every request has for it. */
  Field<LabelChange> labelChange(Map<String, String> set, List<String> removed) {
    return labels("set_labels", set).and(labelKeys("remove_labels", removed), LabelChange::new);
  }

  private Field<List<LabelKey>> labelKeys(String field, List<String> values) {
    int before = faults.size();
    if (values.size() > Labels.MOST) {
      fault(field, values.size(), "at most %d keys".formatted(Labels.MOST));
    }
    List<Field<LabelKey>> keys = new ArrayList<>();
    for (int i = 0; i < Math.min(values.size(), QueryRequests.MAX_BATCH); i++) {
      keys.add(read(field + "[" + i + "]", values.get(i), LabelKey::new));
    }
    return faults.size() > before
        ? new Field<>(null)
        : new Field<>(keys.stream().map(Field::get).toList());
  }

  Field<DisplayName> organization(String field, String value) {
    return read(field, value, DisplayName::of);
  }

  Field<Optional<RequestId>> requestId(String value) {
    return value.isEmpty()
        ? new Field<>(Optional.empty())
        : read("request_id", value, id -> Optional.of(RequestId.of(id)));
  }

  /** A uid that must be well-formed unless it is empty. */
  Field<Optional<Uid>> uidIfSet(String field, String value) {
    return value.isEmpty()
        ? new Field<>(Optional.empty())
        : read(field, value, uid -> Optional.of(Uid.parse(uid)));
  }

  Field<Revision> revision(String field, long value) {
    return read(field, value, Revision::new);
  }

  /**
   * @param number the value's number on the wire, for the message: an unknown one has no name
   */
  Field<Role> role(String field, accounts.v1.Role role, int number) {
    return switch (role) {
      case ROLE_OWNER -> new Field<>(Role.OWNER);
      case ROLE_ADMIN -> new Field<>(Role.ADMIN);
      case ROLE_MEMBER -> new Field<>(Role.MEMBER);
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> fault(field, number, ROLES);
    };
  }

  /** As {@link #role}, or none. */
  Field<Optional<Role>> roleFilter(accounts.v1.Role role, int number) {
    return switch (role) {
      case ROLE_UNSPECIFIED -> new Field<>(Optional.empty());
      case UNRECOGNIZED -> fault("role", number, "0 (any), " + ROLES);
      default -> role("role", role, number).map(Optional::of);
    };
  }

  /** Reads a value by a function that throws {@link InvalidValueException} if it is malformed. */
  <V, T> Field<T> read(String field, V value, Function<V, T> reader) {
    try {
      return new Field<>(reader.apply(value));
    } catch (InvalidValueException e) {
      faults.add(new FieldFault(field, String.valueOf(e.getMessage())));
      return new Field<>(null);
    }
  }

  /** Records a fault that quotes names from the request, which may be long and contain anything. */
  void malformed(String field, List<String> names, String expected) {
    var value = new InvalidValueException(String.join(",", names), expected);
    faults.add(new FieldFault(field, String.valueOf(value.getMessage())));
  }

  /** Records a fault that quotes a short value. */
  <T> Field<T> fault(String field, Object value, String expected) {
    faults.add(new FieldFault(field, value + " (expected: " + expected + ")"));
    return new Field<>(null);
  }

  /**
   * Returns what is built from the fields.
   *
   * @throws AccountException naming every fault, if there is any
   */
  <T> T checked(Supplier<T> made) {
    if (!faults.isEmpty()) {
      throw new AccountException(new InvalidFields(List.copyOf(faults)));
    }
    return made.get();
  }
}
