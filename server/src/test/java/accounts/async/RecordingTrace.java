package accounts.async;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trace that a test reads as lines: a step each, indented below the one that it began under. */
public final class RecordingTrace implements Trace {

  private final String name;
  private final String root;
  private final Map<String, String> notes = Collections.synchronizedMap(new TreeMap<>());
  private final List<RecordingTrace> steps = Collections.synchronizedList(new ArrayList<>());
  private volatile String end = "open";

  public RecordingTrace(String name) {
    this(name, name);
  }

  private RecordingTrace(String name, String root) {
    this.name = name;
    this.root = root;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public Trace step(String step) {
    RecordingTrace begun = new RecordingTrace(step, root);
    steps.add(begun);
    return begun;
  }

  @Override
  public Trace call(String step) {
    return step("call " + step);
  }

  @Override
  public void note(String key, String value) {
    notes.put(key, value);
  }

  @Override
  public void note(String key, long value) {
    notes.put(key, Long.toString(value));
  }

  @Override
  public void waitsFor(Trace other) {
    note("waits for", ((RecordingTrace) other).root);
  }

  @Override
  public void end(@Nullable Throwable failure) {
    end = failure == null ? "ended" : "failed";
  }

  @Override
  public Map<String, String> ids() {
    return Map.of("trace_id", name);
  }

  /** Returns the steps below this one, such as {@code " load {accounts.load=led} ended"}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List.copyOf(steps).forEach(step -> step.addTo(lines, ""));
    return lines;
  }

  private void addTo(List<String> lines, String indent) {
    lines.add("%s%s %s %s".formatted(indent, name, notes, end));
    List.copyOf(steps).forEach(step -> step.addTo(lines, indent + "  "));
  }
}
