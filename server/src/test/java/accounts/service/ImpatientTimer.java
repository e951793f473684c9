package accounts.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs at once what it is to run later, and remembers how long it was to wait. */
final class ImpatientTimer extends ScheduledThreadPoolExecutor {

  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

  ImpatientTimer() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    pauses.add(Duration.of(delay, unit.toChronoUnit()));
    return super.schedule(command, 0, unit);
  }
}
