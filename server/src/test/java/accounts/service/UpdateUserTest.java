package accounts.service;

import static accounts.service.Seen.BEFORE;
import static accounts.service.Seen.NOW;
import static accounts.service.Seen.OLIVIA;
import static accounts.service.Seen.proceed;
import static accounts.service.Seen.refuse;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.TooManyLabels;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.LabelChange;
import accounts.domain.LabelKey;
import accounts.domain.Labels;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.Samples;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateUserTest {

  private static final User USER = Seen.user(OLIVIA);

  @ParameterizedTest
  @CsvSource({"Olivia,Ray,Olivia,Ray", "Olivia,,Olivia,Family", ",Ray,Given,Ray"})
  void decide_otherNames_replacesThem(
      @Nullable String first, @Nullable String last, String firstThen, String lastThen) {
    User then =
        new User(
            OLIVIA,
            new PersonName(firstThen),
            new PersonName(lastThen),
            UserState.ACTIVE,
            false,
            Labels.NONE,
            new Revision(6),
            BEFORE,
            NOW);

    assertThat(seen().decide(update(first, last, 0)))
        .isEqualTo(proceed(then, new Change.Replace(then)));
  }

  @ParameterizedTest
  @CsvSource({"Given,Family", "Given,", ",Family"})
  void decide_sameNames_keepsTheRevision(@Nullable String first, @Nullable String last) {
    assertThat(seen().decide(update(first, last, 0)))
        .isEqualTo(proceed(USER, new Change.Keep(USER)));
  }

  @Test
  void decide_labels_setsAndRemovesThem() {
    User before = Samples.labelled(USER, Samples.LABELS);
    User then =
        before.updated(
            before.firstName(),
            before.lastName(),
            new Labels(Map.of("billing.plan", "paid", "region", "eu")),
            NOW);

    assertThat(
            Seen.nothing()
                .with(before)
                .decide(labels(Map.of("billing.plan", "paid", "region", "eu"), "team")))
        .isEqualTo(proceed(then, new Change.Replace(then, before.labels())));
  }

  @Test
  void decide_sameLabels_keepsTheRevision() {
    User before = Samples.labelled(USER, Samples.LABELS);

    assertThat(Seen.nothing().with(before).decide(labels(Map.of("team", ""), "unknown")))
        .isEqualTo(proceed(before, new Change.Keep(before)));
  }

  @Test
  void decide_tooManyLabels_isRefused() {
    Map<String, String> full = new HashMap<>();
    IntStream.range(0, Labels.MOST).forEach(i -> full.put("k" + i, ""));
    Seen seen = Seen.nothing().with(Samples.labelled(USER, Labels.of(full)));

    assertThat(seen.decide(labels(Map.of("new", ""))))
        .isEqualTo(refuse(new TooManyLabels(USER.key(), 33)));
    assertThat(seen.decide(labels(Map.of("new", ""), "k0"))).isInstanceOf(Decision.Proceed.class);
  }

  private static UpdateUser labels(Map<String, String> set, String... removed) {
    return new UpdateUser(
        OLIVIA,
        Optional.empty(),
        Optional.empty(),
        new LabelChange(Labels.of(set), Stream.of(removed).map(LabelKey::new).toList()),
        Revision.NONE);
  }

  @Test
  void decide_expectedRevision_proceeds() {
    assertThat(seen().decide(update("Given", "Family", 5)))
        .isEqualTo(proceed(USER, new Change.Keep(USER)));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 6})
  void decide_otherRevision_isRefusedEvenWithoutChange(long expected) {
    Decision refused =
        refuse(new RevisionMismatch(new UserKey(OLIVIA), new Revision(expected), new Revision(5)));

    assertThat(seen().decide(update("Olivia", "Ray", expected))).isEqualTo(refused);
    assertThat(seen().decide(update("Given", "Family", expected))).isEqualTo(refused);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5})
  void decide_noSuchUser_isRefused(long expected) {
    assertThat(Seen.nothing().decide(update("Olivia", "Ray", expected)))
        .isEqualTo(refuse(new UserNotFound(OLIVIA)));
  }

  private static Seen seen() {
    return Seen.nothing().with(USER);
  }

  private static UpdateUser update(@Nullable String first, @Nullable String last, long expected) {
    return new UpdateUser(
        OLIVIA,
        Optional.ofNullable(first).map(PersonName::new),
        Optional.ofNullable(last).map(PersonName::new),
        LabelChange.NOTHING,
        new Revision(expected));
  }
}
