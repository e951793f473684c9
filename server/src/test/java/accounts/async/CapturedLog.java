package accounts.async;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a logger and those below it write, from the beginning until it is closed. Safe for use by
 * several threads.
 */
public final class CapturedLog implements AutoCloseable {

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Recorder recorder = new Recorder();
  private final Logger logger;
  private final @Nullable Level levelBefore;
  private final boolean additiveBefore;

  private final class Recorder extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      event.prepareForDeferredProcessing(); // its MDC is that of the moment
      events.add(event);
    }
  }

  private CapturedLog(String name, Level level, boolean shown) {
    this.logger = (Logger) LoggerFactory.getLogger(name);
    this.levelBefore = logger.getLevel();
    this.additiveBefore = logger.isAdditive();
    recorder.start();
    logger.setLevel(level);
    logger.setAdditive(shown);
    logger.addAppender(recorder);
  }

  /** Begins to capture what is written at INFO and above. */
  public static CapturedLog of(String logger) {
    return new CapturedLog(logger, Level.INFO, true);
  }

  /** Begins to capture what a class writes at INFO and above. */
  public static CapturedLog of(Class<?> owner) {
    return of(owner.getName());
  }

  /** Begins to capture everything, down to TRACE; nothing of it is shown. */
  public static CapturedLog ofEverything(String logger) {
    return new CapturedLog(logger, Level.TRACE, false);
  }

  /** Returns the events so far. */
  public List<ILoggingEvent> events() {
    return List.copyOf(events);
  }

  /** Returns the level and the message of each event so far, such as {@code "WARN no lease"}. */
  public List<String> lines() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** Returns the message of an event, and its exception with all causes and stack traces. */
  public static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + "\n"
        + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  /** Forgets the events so far. */
  public void clear() {
    events.clear();
  }

  @Override
  public void close() {
    logger.detachAppender(recorder);
    logger.setLevel(levelBefore);
    logger.setAdditive(additiveBefore);
  }
}
