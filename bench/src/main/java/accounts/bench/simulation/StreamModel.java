package accounts.bench.simulation;

import accounts.async.CallScope;
import accounts.repair.Repairer;
import accounts.repair.StreamEvent;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The table's stream with the notices in it, and who reads it: one owner, which hands it over to
 * the next instance when it cannot reach the cache.
 */
final class StreamModel {

  /** The stream's own delay, and half a pause between two polls of {@code RepairTiming}. */
  private static final Duration DELAY = Duration.ofMillis(200 + 150);

  /** How long it takes until another instance reads on, {@code docs/adr/0010}. */
  private static final Duration HANDOVER = Duration.ofMillis(1250);

  private final EventLoop loop;
  private final List<Repairer> repairers = new ArrayList<>();
  private final List<StreamEvent> waiting = new ArrayList<>();
  private final Set<String> done = new HashSet<>();
  private int owner;
  private boolean busy;
  private int notices;

  StreamModel(EventLoop loop) {
    this.loop = loop;
  }

  /** Lets an instance take part; the first owns the stream. */
  void join(Repairer repairer) {
    repairers.add(repairer);
  }

  void add(StreamEvent event) {
    waiting.add(event);
    handleAfter(DELAY);
  }

  /** Returns how many notices were left. */
  int notices() {
    return notices;
  }

  private void handleAfter(Duration pause) {
    if (!busy) {
      busy = true;
      loop.in(pause.toNanos(), this::handle);
    }
  }

  private void handle() {
    List<StreamEvent> events = latest();
    waiting.clear();
    var unused =
        repairers
            .get(owner)
            .handle(events)
            .whenComplete((nothing, failure) -> {
              busy = false;
              if (failure != null) {
                waiting.addAll(0, events);
                owner = (owner + 1) % repairers.size();
              }
              if (!waiting.isEmpty()) {
                handleAfter(failure == null ? DELAY : HANDOVER);
              }
            });
  }

  /** Of several changes of a key only the last is handed on. */
  private List<StreamEvent> latest() {
    Map<Object, StreamEvent> events = new LinkedHashMap<>();
    for (StreamEvent event : waiting) {
      events.put(
          switch (event) {
            case StreamEvent.Changed changed -> changed.key();
            case StreamEvent.NoticeLeft left -> left.notice().id();
          },
          event);
    }
    return List.copyOf(events.values());
  }

  /** Returns the notices as an instance reaches them. */
  NoticeStore through(Network network) {
    return new Link(network);
  }

  private final class Link implements NoticeStore {

    private final Network network;

    Link(Network network) {
      this.network = network;
    }

    @Override
    public CompletableFuture<Void> leave(Notice notice, CallScope scope) {
      return loop.answer(network.storeLatency(), () -> notice)
          .thenAccept(left -> {
            notices++;
            add(new StreamEvent.NoticeLeft(left));
          });
    }

    @Override
    public CompletableFuture<Void> markDone(String id, CallScope scope) {
      return loop.answer(network.storeLatency(), () -> id).thenAccept(done::add);
    }

    @Override
    public CompletableFuture<Boolean> isDone(String id, CallScope scope) {
      return loop.answer(network.storeLatency(), () -> done.contains(id));
    }
  }
}
