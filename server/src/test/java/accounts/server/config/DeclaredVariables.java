package accounts.server.config;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** Every variable that {@link Configuration} knows. */
final class DeclaredVariables {

  private DeclaredVariables() {}

  static List<Variable> all() {
    List<Variable> all = new ArrayList<>();
    for (Field field : Variables.class.getDeclaredFields()) {
      if (field.getType() == Variable.class) {
        all.add(value(field));
      }
    }
    return all;
  }

  private static Variable value(Field field) {
    try {
      return (Variable) java.util.Objects.requireNonNull(field.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
