// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.DefinitionSet;
import io.domus.xml.DocumentKind;
import io.domus.xml.Reference;
import io.domus.xml.XmlFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps what came of documents until all are read, and adds what is wrong with them together: a
 * document is not valid before the last one is known. What it keeps is bounded.
 */
final class SetCheck {
  /** So many faults are kept in full: about 50 MB. */
  private static final int MOST_FAULTS = 100_000;

  private final int mostFaults;
  private final DefinitionSet set = new DefinitionSet();
  private final List<Outcome> outcomes = new ArrayList<>();

  /** Where in the outcomes the members of the set are. */
  private final List<Integer> members = new ArrayList<>();

  private final Set<Object> identities = new HashSet<>();
  private int faults;

  SetCheck() {
    this(MOST_FAULTS);
  }

  SetCheck(int mostFaults) {
    this.mostFaults = mostFaults;
  }

  /** A file that comes a second time, by another name, is no other document. */
  void add(Examined examined) {
    if (examined.summary().isPresent() && identities.add(examined.identity())) {
      members.add(outcomes.size());
      set.add(examined.summary().get());
    }
    if (examined.summary().isEmpty() && mayBeDomain(examined.outcome())) {
      set.addUnknown();
    }
    outcomes.add(bounded(examined.outcome()));
  }

  private static boolean mayBeDomain(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Checked checked ->
          checked.kind().isEmpty() || checked.kind().equals(DocumentKind.DOMAIN.root());
      case Outcome.Unreadable _ -> true;
      case Outcome.Skipped _ -> false;
    };
  }

  private Outcome bounded(Outcome outcome) {
    if (!(outcome instanceof Outcome.Checked checked)) {
      return outcome;
    }
    List<Finding> findings = checked.findings();
    faults += findings.size();
    if (faults <= mostFaults || findings.size() < 2) {
      return outcome;
    }
    XmlFault second = findings.get(1).fault();
    XmlFault more =
        new XmlFault(
            second.file(),
            second.line(),
            second.column(),
            second.severity(),
            "xml.too-many-faults",
            "more than " + mostFaults + " faults in all files: the rest of this one is not shown",
            List.of(),
            XmlFault.Excerpt.NONE);
    return new Outcome.Checked(
        checked.name(),
        checked.kind(),
        checked.valid(),
        List.of(findings.getFirst(), new Finding(more, Reference.ruleLink(more.rule()))));
  }

  /** All of them in the order of adding. */
  List<Outcome> outcomes() {
    List<List<XmlFault>> together = set.faults();
    for (int member = 0; member < members.size(); member++) {
      int index = members.get(member);
      if (!together.get(member).isEmpty()) {
        outcomes.set(index, with(outcomes.get(index), together.get(member)));
      }
    }
    return outcomes;
  }

  private static Outcome with(Outcome outcome, List<XmlFault> faults) {
    return switch (outcome) {
      case Outcome.Checked checked -> {
        List<Finding> findings = new ArrayList<>(checked.findings());
        for (XmlFault fault : faults) {
          findings.add(new Finding(fault, Reference.ruleLink(fault.rule())));
        }
        findings.sort(
            Comparator.comparingInt((Finding finding) -> finding.fault().line())
                .thenComparingInt(finding -> finding.fault().column()));
        boolean valid =
            checked.valid()
                && faults.stream().noneMatch(fault -> fault.severity() == XmlFault.Severity.ERROR);
        yield new Outcome.Checked(checked.name(), checked.kind(), valid, findings);
      }
      case Outcome.Unreadable _, Outcome.Skipped _ -> outcome;
    };
  }
}
