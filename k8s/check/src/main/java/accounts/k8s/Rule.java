package accounts.k8s;

import java.util.List;
import java.util.stream.Stream;

/** One thing that manifests have to keep to. */
interface Rule {

  /** Every rule, in the order in which a person would mend what they find. */
  List<Rule> ALL =
      List.of(
          new KnownFields(),
          new References(),
          new Selectors(),
          new PortNames(),
          new PortReferences(),
          new ProbePorts(),
          new ScaleTargets(),
          new ScaleBounds(),
          new RestrictedPods(),
          new RestrictedContainers(),
          new ReadOnlyRoots(),
          new ImageTags());

  /** Returns what in {@code bundle} breaks this rule. */
  Stream<Fault> check(Bundle bundle);

  /** Returns what in {@code bundle} breaks any rule. */
  static List<Fault> checkAll(Bundle bundle) {
    return ALL.stream().flatMap(rule -> rule.check(bundle)).toList();
  }
}
