package accounts.cache.momento;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Username;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MomentoHintsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Object MISSED = "missed";
  private static final EntityKey<?> KEY = new UserKey(new Username("olivia"));

  private final LocalMomento momento = new LocalMomento();
  private final CredentialProvider credentials =
      MomentoClients.local(momento.server.host(), momento.server.port());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final MomentoHints here = new MomentoHints(credentials, LocalMomento.CACHE, TIMEOUT);
  private final MomentoHints there = new MomentoHints(credentials, LocalMomento.CACHE, TIMEOUT);
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    timer.shutdownNow();
    here.close();
    there.close();
    momento.close();
  }

  @Test
  void changed_anotherInstanceListens_hearsTheKey() throws InterruptedException {
    there.listen(heard::add, () -> heard.add(MISSED), timer);
    assertThat(next()).isEqualTo(MISSED);

    here.changed(List.of(KEY));

    assertThat(next()).isEqualTo(KEY);
  }

  @Test
  void listen_streamEnded_beginsAgainAndMissed() throws InterruptedException {
    there.listen(heard::add, () -> heard.add(MISSED), timer);
    assertThat(next()).isEqualTo(MISSED);

    momento.client.deleteCache(LocalMomento.CACHE).join();
    momento.server.createCache(LocalMomento.CACHE);
    assertThat(next()).isEqualTo(MISSED);
    here.changed(List.of(KEY));

    assertThat(next()).isEqualTo(KEY);
  }

  @Test
  void listen_nothingComes_isEndedAndBeginsAgain() throws InterruptedException {
    MomentoTopic topic = new MomentoTopic(credentials, LocalMomento.CACHE, "silent");
    Duration silence = Duration.ofMillis(20); // less than between two heartbeats
    new HintStream(topic, heard::add, () -> heard.add(MISSED), timer, silence).open();

    assertThat(next()).isEqualTo(MISSED);
    assertThat(next()).isEqualTo(MISSED);
    topic.close();
  }

  @Test
  void changed_cacheGone_saysNothing() {
    momento.server.close();

    here.changed(List.of(KEY));

    assertThat(heard).isEmpty();
  }

  private Object next() throws InterruptedException {
    Object next = heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
