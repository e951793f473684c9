package accounts.cache.momento;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Revision;
import accounts.domain.Username;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import momento.sdk.CacheClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MomentoHintsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Object MISSED = "missed";
  private static final EntityKey<?> KEY = new UserKey(new Username("olivia"));
  private static final Revision REVISION = new Revision(3);

  private final LocalMomento momento = new LocalMomento();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final LocalKey key = new LocalKey("key", momento.server);
  private final MomentoSessions sessions = new MomentoSessions(key.session(momento.threads));
  private final MomentoHints here = new MomentoHints(momento.sessions, TIMEOUT);
  private final MomentoHints there = new MomentoHints(sessions, TIMEOUT);
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    timer.shutdownNow();
    sessions.close();
    momento.close();
  }

  @Test
  void changed_anotherInstanceListens_hearsKeyAndRevision() throws InterruptedException {
    there.listen(this::hear, () -> heard.add(MISSED), timer);
    assertThat(next()).isEqualTo(MISSED);

    here.changed(Map.of(KEY, REVISION));

    assertThat(next()).isEqualTo(new HintText.Hint(KEY, REVISION));
  }

  @Test
  void listen_streamEnded_beginsAgainAndMissed() throws InterruptedException {
    there.listen(this::hear, () -> heard.add(MISSED), timer);
    assertThat(next()).isEqualTo(MISSED);

    try (CacheClient client = momento.sdk()) {
      client.deleteCache(LocalMomento.CACHE).join();
    }
    momento.server.createCache(LocalMomento.CACHE);
    assertThat(next()).isEqualTo(MISSED);
    here.changed(Map.of(KEY, REVISION));

    assertThat(next()).isEqualTo(new HintText.Hint(KEY, REVISION));
  }

  @Test
  void listen_sessionReplaced_goesOnWithTheNextAndMissed() throws InterruptedException {
    there.listen(this::hear, () -> heard.add(MISSED), timer);
    assertThat(next()).isEqualTo(MISSED);

    sessions.move(new LocalKey("second", momento.server).session(momento.threads));
    assertThat(next()).isEqualTo(MISSED);
    here.changed(Map.of(KEY, REVISION));

    assertThat(next()).isEqualTo(new HintText.Hint(KEY, REVISION));
    assertThat(heard).isEmpty(); // the stream before it is not there any more
  }

  @Test
  void changed_sessionReplaced_reachesTheOthers() throws InterruptedException {
    here.listen(this::hear, () -> heard.add(MISSED), timer);
    assertThat(next()).isEqualTo(MISSED);

    there.changed(Map.of(KEY, REVISION));
    sessions.move(new LocalKey("second", momento.server).session(momento.threads));
    there.changed(Map.of(KEY, REVISION));

    assertThat(next()).isEqualTo(new HintText.Hint(KEY, REVISION));
    assertThat(next()).isEqualTo(new HintText.Hint(KEY, REVISION));
  }

  @Test
  void listen_nothingComes_isEndedAndBeginsAgain() throws InterruptedException {
    MomentoTopic topic = new MomentoTopic(key, LocalMomento.CACHE, "silent");
    Duration silence = Duration.ofMillis(20); // less than between two heartbeats
    new HintStream(() -> topic, this::hear, () -> heard.add(MISSED), timer, silence).open();

    assertThat(next()).isEqualTo(MISSED);
    assertThat(next()).isEqualTo(MISSED);
    topic.close();
  }

  @Test
  void changed_cacheGone_saysNothing() {
    momento.server.close();

    here.changed(Map.of(KEY, REVISION));

    assertThat(heard).isEmpty();
  }

  private void hear(EntityKey<?> key, Revision revision) {
    heard.add(new HintText.Hint(key, revision));
  }

  private Object next() throws InterruptedException {
    Object next = heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
