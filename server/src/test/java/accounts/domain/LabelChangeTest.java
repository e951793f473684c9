package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LabelChangeTest {

  private static final Labels BEFORE = Labels.of(Map.of("plan", "free", "team", "red"));

  @Test
  void after_set_leavesTheOthers() {
    assertThat(change(Map.of("plan", "paid", "region", "eu")).after(BEFORE).values())
        .isEqualTo(Map.of("plan", "paid", "region", "eu", "team", "red"));
  }

  @Test
  void after_removed_leavesTheOthers() {
    assertThat(change(Map.of(), "plan", "unknown").after(BEFORE).values())
        .isEqualTo(Map.of("team", "red"));
  }

  @Test
  void after_removedAndSet_isSet() {
    assertThat(change(Map.of("plan", "paid"), "plan").after(BEFORE).values())
        .containsEntry("plan", "paid");
  }

  @Test
  void after_allRemoved_isNone() {
    assertThat(change(Map.of(), "plan", "team").after(BEFORE)).isSameAs(Labels.NONE);
  }

  @Test
  void after_nothing_isTheSame() {
    assertThat(LabelChange.NOTHING.after(BEFORE)).isSameAs(BEFORE);
  }

  @Test
  void countAfter_full_makesRoomFirst() {
    Map<String, String> full = new TreeMap<>();
    for (int i = 0; i < Labels.MOST; i++) {
      full.put("k" + i, "");
    }

    assertThat(change(Map.of("new", "")).countAfter(Labels.of(full))).isEqualTo(33);
    assertThat(change(Map.of("new", ""), "k0").countAfter(Labels.of(full))).isEqualTo(32);
  }

  private static LabelChange change(Map<String, String> set, String... removed) {
    return new LabelChange(Labels.of(set), List.of(removed).stream().map(LabelKey::new).toList());
  }
}
