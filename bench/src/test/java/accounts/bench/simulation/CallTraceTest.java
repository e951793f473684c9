package accounts.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import accounts.bench.simulation.BurstTrace.Bursts;
import accounts.bench.simulation.Call.Kind;
import accounts.bench.simulation.PoissonTrace.Mix;
import java.io.BufferedReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of Poisson arrivals, of bursts, from files. */
final class CallTraceTest {

  private static final Duration LENGTH = Duration.ofSeconds(100);

  private static List<Call> all(Trace trace) {
    List<Call> calls = new ArrayList<>();
    for (Call call = trace.next(); call != null; call = trace.next()) {
      calls.add(call);
    }
    return calls;
  }

  private static Trace poisson(long seed) {
    return new PoissonTrace(new Zipf(1_000, 0.99), new Mix(4, 500, 0.25, 0.1), LENGTH, seed);
  }

  private static Trace bursts() {
    return new BurstTrace(
        poisson(1),
        random -> 1_000_000L + random.nextInt(1_000_000),
        new Mix(4, 500, 0, 0),
        new Bursts(Duration.ofSeconds(5), Duration.ofSeconds(2), 1_000),
        LENGTH,
        2);
  }

  @Test
  void poisson_aRate_hasAsManyCallsOfEachKind() {
    List<Call> calls = all(poisson(1));

    assertThat(calls.size()).isCloseTo(50_000, within(1_200));
    assertThat(share(calls, Kind.WRITE)).isCloseTo(0.1, within(0.01));
    assertThat(share(calls, Kind.BOUNDED)).isCloseTo(0.225, within(0.01));
    assertThat(calls.stream().mapToInt(Call::instance).distinct().sorted())
        .containsExactly(0, 1, 2, 3);
  }

  private static double share(List<Call> calls, Kind kind) {
    return calls.stream().filter(call -> call.kind() == kind).count() / (double) calls.size();
  }

  @Test
  void poisson_gaps_varyAsMuchAsTheirMean() {
    List<Call> calls = all(poisson(1));
    double[] gaps =
        IntStream.range(1, calls.size())
            .mapToDouble(i -> calls.get(i).at() - calls.get(i - 1).at())
            .toArray();
    double mean = IntStream.range(0, gaps.length).mapToDouble(i -> gaps[i]).average().orElse(0);
    double squares =
        IntStream.range(0, gaps.length)
            .mapToDouble(i -> (gaps[i] - mean) * (gaps[i] - mean))
            .average()
            .orElse(0);

    assertThat(Math.sqrt(squares) / mean).isCloseTo(1, within(0.05));
  }

  @Test
  void poisson_sameSeed_isTheSameTrace() {
    assertThat(all(poisson(1))).isEqualTo(all(poisson(1)));
    assertThat(all(poisson(2))).isNotEqualTo(all(poisson(1)));
  }

  @Test
  void bursts_inOrder_areOfOneKeyAtATimeForAWhile() {
    List<Call> calls = all(bursts());
    List<Call> burst = calls.stream().filter(call -> call.key() >= 1_000_000).toList();
    long keys = burst.stream().mapToLong(Call::key).distinct().count();

    assertThat(calls).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
    // 100 s, of which bursts take 2 in 7, in pieces of 2 s, each with 1,000 calls/s.
    assertThat(keys).isBetween(5L, 25L);
    assertThat((double) burst.size()).isCloseTo(28_571, within(15_000.0));
    assertThat(calls.size() - burst.size()).isCloseTo(50_000, within(1_200));
    for (long key : burst.stream().mapToLong(Call::key).distinct().toArray()) {
      int first =
          IntStream.range(0, burst.size()).filter(i -> burst.get(i).key() == key).min().orElse(0);
      int last =
          IntStream.range(0, burst.size()).filter(i -> burst.get(i).key() == key).max().orElse(0);
      assertThat(burst.subList(first, last + 1)).allMatch(call -> call.key() == key);
    }
  }

  @Test
  void file_goodLines_areCalls() {
    assertThat(all(file("# a comment\n\n0.5,0,17,fresh\n0.5,1,17,bounded\n2,1,3,write\n")))
        .containsExactly(
            new Call(500_000_000, 0, 17, Kind.FRESH),
            new Call(500_000_000, 1, 17, Kind.BOUNDED),
            new Call(2_000_000_000, 1, 3, Kind.WRITE));
  }

  private static Trace file(String text) {
    return new FileTrace(new BufferedReader(new StringReader(text)), 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,0,17",
        "1,0,17,stale",
        "x,0,17,fresh",
        "1,2,17,fresh",
        "1,0,0,fresh",
        "0.1,0,17,fresh",
        "1,0,17,fresh,"
      })
  void file_badLine_isNamed(String line) {
    Trace trace = file("0.5,0,1,fresh\n" + line + "\n");
    var unused = trace.next();

    assertThatThrownBy(trace::next)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2: " + line)
        .hasMessageContaining("seconds,instance,key,fresh|bounded|write");
  }
}
