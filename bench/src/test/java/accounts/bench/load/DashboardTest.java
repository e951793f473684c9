package accounts.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.bench.load.Dashboard.Query;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

final class DashboardTest {

  @Test
  void of_panelsOfAllDepths_haveTheirQueries() {
    Dashboard dashboard =
        of(
            """
            {"panels": [
              {"type": "row", "title": "Row", "panels": [
                {"title": "Inner", "targets": [{"expr": "a"}, {"expr": "b"}]}]},
              {"title": "Outer", "targets": [{"expr": "rate(c[$__rate_interval])"}]}]}
            """);

    assertThat(dashboard.queries())
        .containsExactly(
            new Query("Inner", "a"), new Query("Inner", "b"), new Query("Outer", "rate(c[5s])"));
  }

  @Test
  void of_otherVariable_isRefused() {
    assertThatThrownBy(
            () -> of("{\"panels\": [{\"targets\": [{\"expr\": \"a{b=~\\\"$b\\\"}\"}]}]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a{b=~\"$b\"}: has a variable (expected: none but $__rate_interval)");
  }

  @Test
  void without_someQueriesFindNothing_returnsThese() throws Exception {
    Dashboard dashboard =
        of("{\"panels\": [{\"targets\": [{\"expr\": \"a\"}, {\"expr\": \"b\"}]}]}");

    assertThat(dashboard.without(expression -> expression.equals("a") ? 3 : 0))
        .containsExactly(new Query("", "b"));
  }

  private static Dashboard of(String json) {
    return Dashboard.of(new ObjectMapper().readTree(json), "5s");
  }
}
