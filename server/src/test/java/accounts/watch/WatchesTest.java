package accounts.watch;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.store.FeedChange;
import accounts.store.FeedPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What watchers get, by a clock of the test's. */
final class WatchesTest {

  private static final WatchSettings SETTINGS =
      new WatchSettings(
          3, 2, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(30), 20);
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final WatchSubject ACME =
      new WatchSubject.OfOrganization(organizationName("acme"));
  private static final EntityKey<?> MEMBER = membershipKey("acme", "olivia");
  private static final int PARTITION = FeedPartition.of(MEMBER);

  private final ManualTimer timer = new ManualTimer();
  private final InMemoryFeed feed = new InMemoryFeed();
  private final Counted observer = new Counted();
  private boolean isFed = true;
  private boolean feedingFails;
  private final Watches watches =
      new Watches(
          feed,
          Duration.ofSeconds(1),
          SETTINGS,
          observer,
          this::isFed,
          timer,
          timer::nanoTime,
          () -> Instant.EPOCH.plusSeconds(3));

  private boolean isFed() {
    if (feedingFails) {
      throw new IllegalStateException("test");
    }
    return isFed;
  }

  private static final class Counted implements WatchObserver {

    private final Map<WatchEnd, Integer> ends = new EnumMap<>(WatchEnd.class);
    private int refusals;
    private int sent;
    private Duration delay = Duration.ZERO;

    @Override
    public void sent(int changes) {
      sent += changes;
    }

    @Override
    public void ended(WatchEnd end) {
      ends.merge(end, 1, Integer::sum);
    }

    @Override
    public void refused() {
      refusals++;
    }

    @Override
    public void arrived(Duration age) {
      delay = age;
    }
  }

  private Watches.Handle open(WatchSubject subject, Optional<FeedPositions> from, WatchSink sink) {
    return open(subject, from, sink, "caller", FOREVER);
  }

  private Watches.Handle open(
      WatchSubject subject,
      Optional<FeedPositions> from,
      WatchSink sink,
      String caller,
      Duration lifetime) {
    Watches.Handle handle =
        watches.open(
            new WatchRequest(subject, from, caller, timer.nanoTime() + lifetime.toNanos()), sink);
    timer.advance(Duration.ZERO);
    return handle;
  }

  private void change(EntityKey<?> entity, long revision) {
    feed.append(
        new FeedChange(
            entity,
            FeedChange.Action.UPDATED,
            new Revision(revision),
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH));
  }

  private void changes(int from, int to) {
    LongStream.rangeClosed(from, to).forEach(revision -> change(MEMBER, revision));
  }

  private static List<Long> revisions(int from, int to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private void poll() {
    timer.advance(Duration.ofMillis(600));
  }

  @Test
  void open_fromNow_getsATokenAtOnceAndThenWhatComes() {
    changes(1, 3);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    assertThat(sink.reached).isEqualTo(new FeedPositions(List.of(3L)));
    changes(4, 5);
    poll();

    assertThat(sink.revisions()).containsExactly(4L, 5L);
    assertThat(sink.reached).isEqualTo(new FeedPositions(List.of(5L)));
    assertThat(observer.sent).isEqualTo(2);
    assertThat(observer.delay).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void open_subject_getsItsOwnChangesAlone() {
    RecordingSink organization = new RecordingSink();
    RecordingSink user = new RecordingSink();
    RecordingSink everything = new RecordingSink();
    open(ACME, Optional.empty(), organization);
    open(new WatchSubject.OfUser(username("olivia")), Optional.empty(), user);
    open(new WatchSubject.Everything(), Optional.empty(), everything, "other", FOREVER);
    change(organizationKey("acme"), 1);
    change(MEMBER, 2);
    change(membershipKey("acme", "hugo"), 3);
    change(membershipKey("other", "olivia"), 4);
    change(userKey("olivia"), 5);
    change(userKey("hugo"), 6);
    poll();

    assertThat(organization.revisions()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(user.revisions()).containsExactlyInAnyOrder(2L, 4L, 5L);
    assertThat(everything.revisions()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void open_fromAToken_goesOnThereAndJoinsTheTail() {
    changes(1, 150);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.of(new FeedPositions(List.of(40L))), sink);
    poll();
    changes(151, 152);
    poll();

    assertThat(sink.revisions()).containsExactlyElementsOf(revisions(41, 152));
  }

  @Test
  void open_fromATokenAheadOfThisInstance_waitsForIt() {
    RecordingSink first = new RecordingSink();
    open(ACME, Optional.empty(), first);
    changes(1, 5);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.of(new FeedPositions(List.of(4L))), sink);
    poll();

    assertThat(sink.revisions()).containsExactly(5L);
  }

  @Test
  void open_tokenOfExpiredChanges_isEnded() {
    changes(1, 50);
    feed.expire(PARTITION, 20);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.of(new FeedPositions(List.of(10L))), sink);
    timer.advance(Duration.ofSeconds(5));

    assertThat(sink.end).isEqualTo(WatchEnd.EXPIRED);
    assertThat(sink.changes).isEmpty();
    assertThat(watches.number()).isZero();
  }

  @Test
  void open_tokenOfTheLastPosition_staysValidThoughItsBlockExpired() {
    changes(1, 50);
    feed.expire(PARTITION, 50);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.of(new FeedPositions(List.of(50L))), sink);
    changes(51, 51);
    poll();

    assertThat(sink.revisions()).containsExactly(51L);
  }

  @Test
  void open_tokenBeyondTheFeed_isNotOfThisTable() {
    changes(1, 5);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.of(new FeedPositions(List.of(6L))), sink);

    assertThat(sink.end).isEqualTo(WatchEnd.EXPIRED);
  }

  @Test
  void send_callerTakesNothing_isEndedWithItsPlace() {
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    sink.takes = false;
    changes(1, 3);
    timer.advance(Duration.ofSeconds(29));
    assertThat(sink.end).isNull();
    timer.advance(Duration.ofSeconds(3));

    assertThat(sink.end).isEqualTo(WatchEnd.TOO_SLOW);
    assertThat(sink.changes).isEmpty();
    assertThat(sink.reached).isEqualTo(new FeedPositions(List.of(0L)));
    assertThat(observer.ends).containsEntry(WatchEnd.TOO_SLOW, 1);
  }

  @Test
  void send_callerFellBehindTheTail_isReadForAgainWithoutLoss() {
    RecordingSink sink = new RecordingSink();
    Watches.Handle handle = open(ACME, Optional.empty(), sink);
    sink.takes = false;
    changes(1, 200);
    poll();
    changes(201, 400);
    poll();
    sink.takes = true;
    handle.ready();
    poll();

    assertThat(sink.revisions()).containsExactlyElementsOf(revisions(1, 400));
  }

  @Test
  void send_oneOfManyTakesNothing_othersGetAll() {
    RecordingSink slow = new RecordingSink();
    RecordingSink fast = new RecordingSink();
    open(ACME, Optional.empty(), slow);
    open(ACME, Optional.empty(), fast);
    slow.takes = false;
    changes(1, 100);
    poll();

    assertThat(fast.revisions()).containsExactlyElementsOf(revisions(1, 100));
    assertThat(slow.changes).isEmpty();
  }

  @Test
  void tick_nothingToSend_checkpointsNowAndThen() {
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    change(membershipKey("elsewhere", "olivia"), 1);
    timer.advance(Duration.ofSeconds(31));

    assertThat(sink.sends).isBetween(3, 4);
    assertThat(sink.changes).isEmpty();
  }

  @Test
  void tick_nobodyFeeds_isStalledUntilSomebodyDoes() {
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    isFed = false;
    timer.advance(Duration.ofSeconds(11));
    assertThat(sink.stalled).isTrue();
    isFed = true;
    timer.advance(Duration.ofSeconds(11));

    assertThat(sink.stalled).isFalse();
  }

  @Test
  void tick_feedAway_goesOnWithoutLossWhenItIsBack() {
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    feed.away = true;
    changes(1, 3);
    timer.advance(Duration.ofSeconds(11));
    assertThat(sink.stalled).isTrue();
    assertThat(sink.changes).isEmpty();
    feed.away = false;
    poll();

    assertThat(sink.revisions()).containsExactly(1L, 2L, 3L);
  }

  /** Somebody has deleted it: the tail would wait for ever. */
  @Test
  void tick_nextBlockIsGone_isEnded() {
    changes(1, 2);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    changes(3, 4);
    feed.expire(PARTITION, 3);
    timer.advance(Duration.ofSeconds(4));

    assertThat(sink.end).isEqualTo(WatchEnd.EXPIRED);
  }

  @Test
  void tick_somethingThrows_goesOn() {
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    feedingFails = true;
    changes(1, 2);
    timer.advance(Duration.ofSeconds(2));
    feedingFails = false;
    timer.advance(Duration.ofSeconds(2));

    assertThat(sink.revisions()).isEqualTo(revisions(1, 2));
  }

  @Test
  void open_behindForThoseWhoCannotBeRead_isStalled() {
    changes(1, 40);
    RecordingSink first = new RecordingSink();
    open(ACME, Optional.empty(), first);
    feed.away = true;
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.of(new FeedPositions(List.of(5L))), sink);
    timer.advance(Duration.ofSeconds(11));

    assertThat(sink.stalled).isTrue();
    assertThat(sink.revisions()).isEmpty();
  }

  @Test
  void open_feedAway_fails() {
    feed.away = true;
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);

    assertThat(sink.failure).isNotNull();
    assertThat(watches.number()).isZero();
  }

  @Test
  void open_moreThanACallerOrAllMayHave_areRefused() {
    List<RecordingSink> sinks = new ArrayList<>();
    for (String caller : List.of("a", "a", "a", "b", "c")) {
      RecordingSink sink = new RecordingSink();
      open(ACME, Optional.empty(), sink, caller, FOREVER);
      sinks.add(sink);
    }

    assertThat(sinks)
        .extracting(sink -> sink.failure == null)
        .containsExactly(true, true, false, true, false);
    assertThat(((AccountException) Objects.requireNonNull(sinks.get(2).failure)).error())
        .isInstanceOf(Overloaded.class);
    assertThat(observer.refusals).isEqualTo(2);
  }

  @Test
  void cancel_lastOne_readsTheFeedNoMore() {
    RecordingSink sink = new RecordingSink();
    Watches.Handle handle = open(ACME, Optional.empty(), sink);
    poll();
    handle.cancel();
    timer.advance(Duration.ofSeconds(1));
    int reads = feed.reads;
    timer.advance(Duration.ofMinutes(1));

    assertThat(watches.number()).isZero();
    assertThat(feed.reads).isEqualTo(reads);
    assertThat(sink.end).isNull();
  }

  @Test
  void tick_manyWatches_readAPartitionOnce() {
    for (String caller : List.of("a", "b", "c")) {
      open(ACME, Optional.empty(), new RecordingSink(), caller, FOREVER);
    }
    timer.advance(Duration.ofSeconds(10));

    assertThat(feed.reads).isBetween(19, 21);
  }

  @Test
  void tick_lifetimeOver_ends() {
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink, "caller", Duration.ofSeconds(100));
    timer.advance(Duration.ofSeconds(101));

    assertThat(sink.end).isEqualTo(WatchEnd.OVER);
  }

  @Test
  void stop_endsAllAndRefusesOthers() {
    changes(1, 2);
    RecordingSink sink = new RecordingSink();
    open(ACME, Optional.empty(), sink);
    var stopped = watches.stop();
    timer.advance(Duration.ZERO);
    RecordingSink late = new RecordingSink();
    open(ACME, Optional.empty(), late);

    assertThat(stopped).isDone();
    assertThat(sink.end).isEqualTo(WatchEnd.STOPPING);
    assertThat(sink.reached).isEqualTo(new FeedPositions(List.of(2L)));
    assertThat(late.end).isEqualTo(WatchEnd.STOPPING);
  }
}
