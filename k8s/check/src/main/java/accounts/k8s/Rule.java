package accounts.k8s;

import java.util.List;
import java.util.stream.Stream;

/** A rule for manifests. */
interface Rule {

  /** All rules, in the order in which to correct their faults. */
  List<Rule> ALL =
      List.of(
          new KnownFields(),
          new References(),
          new MountedFiles(),
          new WholeMounts(),
          new Selectors(),
          new PortNames(),
          new PortReferences(),
          new ProbePorts(),
          new ProbesOverTls(),
          new PreStopSleeps(),
          new GracePeriods(),
          new ProcessorCounts(),
          new PlaintextOnlyLocally(),
          new ScaleTargets(),
          new ScaleBounds(),
          new RestrictedPods(),
          new RestrictedContainers(),
          new ReadOnlyRoots(),
          new ImageTags());

  /** Returns the faults in {@code bundle} by this rule. */
  Stream<Fault> check(Bundle bundle);

  /** Returns the faults in {@code bundle} by all rules. */
  static List<Fault> checkAll(Bundle bundle) {
    return ALL.stream().flatMap(rule -> rule.check(bundle)).toList();
  }
}
