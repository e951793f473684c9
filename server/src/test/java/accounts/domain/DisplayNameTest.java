package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DisplayNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Olivia's Org      | olivias-org",
        "Olivia’s Org      | olivias-org",
        "olivias-org       | olivias-org",
        "Straße 7          | strasse-7",
        "STRAẞE            | strasse",
        "Crème brûlée      | creme-brulee",
        "Łódź              | lodz",
        "Ærø & Œuvre       | aero-oeuvre",
        "Đorđe Þór         | dorde-thor",
        "snake_case        | snake_case",
        "  'a--b'          | a-b",
        "A/B#C             | a-b-c",
      })
  void of_displayName_hasSlug(String value, String slug) {
    assertThat(DisplayName.of(value).slug()).isEqualTo(new OrganizationName(slug));
    assertThat(DisplayName.of(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr", "az", "lt"})
  void of_machineWithDottedI_hasSameSlug(String language) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of(language));
      assertThat(DisplayName.of("INFINITY INC").slug().value()).isEqualTo("infinity-inc");
      assertThat(DisplayName.of("İstanbul").slug().value()).isEqualTo("istanbul");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "’", "!!!", "李", "Привет", "-", "---", "\uD83D\uDE00"})
  void of_nothingLeftInSlug_isRefused(String value) {
    assertThatThrownBy(() -> DisplayName.of(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("a slug of 1-100 letters and digits of the Latin alphabet is left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a\u0000b", "a\u00A0"})
  void of_malformedText_isRefused(String value) {
    assertThatThrownBy(() -> DisplayName.of(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("no control characters");
  }

  @Test
  void of_longestSlug_isAccepted() {
    assertThat(DisplayName.of("a".repeat(100)).slug().value()).hasSize(100);
  }

  @Test
  void of_overLongText_isRefused() {
    String value = "a".repeat(101);
    assertThatThrownBy(() -> DisplayName.of(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("1-100 characters");
  }

  @Test
  void of_slugLongerThanItsText_isRefused() {
    String value = "ß".repeat(51);
    assertThatThrownBy(() -> DisplayName.of(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("a slug of 1-100");
  }

  @Property
  void slugOf_slug_isItself(@ForAll @StringLength(max = 120) String text) {
    String slug = Slug.of(text);

    assertThat(Slug.of(slug)).isEqualTo(slug);
    assertThat(slug.isEmpty() || Slug.isSlug(slug)).isTrue();
  }

  @Property
  void slugOf_latinText_isSlugOfItsSlug(@ForAll("latin") String text) {
    String slug = Slug.of(text);

    assertThat(Slug.of(slug)).isEqualTo(slug);
    assertThat(slug).matches("([a-z0-9_]+(-[a-z0-9_]+)*)?");
  }

  @Provide
  Arbitrary<String> latin() {
    return Arbitraries.strings()
        .withCharRange(' ', '\u017F')
        .withChars("'’-_ İıßẞ")
        .ofMaxLength(60);
  }
}
