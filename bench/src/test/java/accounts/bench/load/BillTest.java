package accounts.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class BillTest {

  private static final Offset<Double> EXACTLY = Offset.offset(1e-9);
  private static final Prices PRICES = new Prices(10, 100, 1000, 1, 5, 6, 2);

  private static Bill.Line line(String name, Usage usage) {
    return new Bill(PRICES, usage)
        .lines().stream().filter(line -> line.name().startsWith(name)).findFirst().orElseThrow();
  }

  private static Usage usage(double hits, double changes) {
    return new Usage(1000, hits, changes, 12, 500, 3, 1, 4);
  }

  @Test
  void lines_operations_areThoseOfTheCallsByTheirFactors() {
    Bill.Line operations = line("Momento operations", usage(0.9, 0.1));

    assertThat(operations.hit()).isEqualTo(6); // a get
    assertThat(operations.miss()).isEqualTo(6 + 2 * 2); // a get, a claim, a fill
    assertThat(operations.change()).isEqualTo(2 * 6 + 2 + 4); // two gets, a swap, a hint to three
    assertThat(operations.forCalls(usage(0.9, 0.1)))
        .isCloseTo(810_000 * 6 + 90_000 * 10 + 100_000 * 18, Offset.offset(1e-3));
  }

  @Test
  void lines_itemOfMoreThanAKibibyte_countsOnceForEach() {
    Usage large = new Usage(1000, 1, 0, 12, 1500, 3, 1, 4);

    assertThat(line("Momento operations", large).hit()).isEqualTo(12);
    assertThat(line("Momento transfer", large).hit()).isCloseTo(1500e-9, EXACTLY);
  }

  @Test
  void lines_units_areOfMissesAndChanges() {
    Usage usage = usage(0.9, 0.1);

    assertThat(line("DynamoDB read units", usage).forCalls(usage))
        .isCloseTo(90_000, Offset.offset(1e-3));
    assertThat(line("DynamoDB write units", usage).forCalls(usage))
        .isCloseTo(1_200_000, Offset.offset(1e-3));
  }

  @Test
  void lines_atRest_growWithInstancesLeaseAndShards() {
    assertThat(line("DynamoDB read units", usage(1, 0)).atRest()).isCloseTo(12 + 12, EXACTLY);
    assertThat(line("DynamoDB read units", new Usage(1000, 1, 0, 12, 500, 100, 4, 4)).atRest())
        .isCloseTo(100 + 64, EXACTLY);
    assertThat(line("DynamoDB write units", usage(1, 0)).atRest()).isCloseTo(3 + 4, EXACTLY);
    assertThat(line("stream", usage(1, 0)).atRest()).isCloseTo(13.2, EXACTLY);
  }

  @Test
  void total_allHits_isOperationsTransferAndTheFleetMeanwhile() {
    double meanwhile = 1000 * (24 * 10 + 7 * 100 + 13.2 * 1000) / 1e6; // a million takes 1000 s

    assertThat(new Bill(PRICES, usage(1, 0)).total()).isCloseTo(6 + 0.5 * 5 + meanwhile, EXACTLY);
  }

  @Test
  void text_hasAQuotaForEachSecond() {
    assertThat(new Bill(PRICES, usage(0.9, 0.1)).text())
        .contains(
            "at 1,000 calls/s, raise quotas above: 7,560 Momento operations/s, 114 read units/s, 1,207 write units/s");
  }

  @Test
  void text_ofTheExamples_isTheOneInTheDocs() throws Exception {
    Usage usage = new Usage(1000, 0.95, 0.01, 12, 500, 3, 1, 4);
    String bill = new Bill(Prices.read(Path.of("prices.properties")), usage).text();

    assertThat(Files.readString(Path.of("..", "docs", "operations.md"))).contains(bill);
  }

  @Test
  void usage_shareBeyondOne_isRefused() {
    assertThatThrownBy(() -> usage(1.5, 0)).hasMessage("hits: 1.5 (expected: 0 to 1)");
  }

  @Test
  void read_theExamples_areWhole() {
    assertThat(Prices.read(Path.of("prices.properties")).getFactor()).isPositive();
  }

  @Test
  void of_priceMissing_isRefusedByName() {
    assertThatThrownBy(() -> Prices.of(new Properties()))
        .hasMessage("dynamodb.read-units:  (expected: a number, 0 or more)");
  }
}
