package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AccountKindTest {

  // A name that began with another character would be in no list without a prefix.
  @ParameterizedTest
  @EnumSource
  void firstCharacters_anyKind_areThoseThatNamesBeginWithInTheirOrder(AccountKind kind) {
    String valid =
        IntStream.rangeClosed(0, Character.MAX_VALUE)
            .mapToObj(Character::toString)
            .filter(name -> isName(kind, name))
            .collect(Collectors.joining());

    assertThat(kind.firstCharacters()).isEqualTo(valid);
  }

  private static boolean isName(AccountKind kind, String name) {
    try {
      return kind.key(name).name().equals(name);
    } catch (InvalidValueException e) {
      return false;
    }
  }
}
