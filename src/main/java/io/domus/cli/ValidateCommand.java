// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.CheckpointInquiry;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

final class ValidateCommand implements Action {
  private static final String CHECKPOINT = "--checkpoint";

  @Override
  public Syntax syntax() {
    return Syntax.of("validate", "Check definitions, and show all faults with their lines.")
        .flag("Check against the schema only, not the rules.", "--schema-only")
        .flag("Check each file by itself, without the rules across files.", "--each")
        .flag("Warn of what would keep CRIU on this host from saving the guests.", CHECKPOINT)
        .flag("In directories look at names that begin with a dot, too.", "--hidden")
        .flag("Refuse a file for a warning, too.", "--warnings-as-errors")
        .choice(
            ReportFormat.class,
            "FORMAT",
            "Print text, json, junit, sarif, or github (annotations of a workflow).",
            "--format",
            "-o",
            "--output")
        .oneOrMore(
            "FILE",
            "Definitions of domains and networks, and directories, of which all *.xml below are"
                + " read; - reads stdin.")
        .footer("The exit status is 0 if all are valid, 1 if one is not, 2 if one is unreadable.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    boolean strict = arguments.flag("--warnings-as-errors");
    ReportFormat format = arguments.value("--format", ReportFormat.TEXT);
    DocumentCheck check =
        new DocumentCheck(
            session.streams().in(),
            scope(arguments),
            strict,
            format.showsKinds(),
            further(session, arguments));
    HostWarnings host = new HostWarnings(strict);
    Report report = format.open(session, strict);
    int processors = Runtime.getRuntime().availableProcessors();
    int status = OK;
    try (OrderedWork<Input, Examined> work =
        new OrderedWork<>(
            new InputWalk(arguments.from(0), arguments.flag("--hidden")),
            check::examine,
            processors)) {
      if (check.scope() == DocumentCheck.Scope.SET) {
        SetCheck set = new SetCheck(strict);
        work.forEachRemaining(set::add);
        for (Outcome checked : set.outcomes()) {
          Outcome outcome = host.once(checked);
          status = Math.max(status, outcome.status());
          report.add(outcome);
        }
      } else {
        while (work.hasNext()) {
          Outcome outcome = host.once(work.next().outcome());
          status = Math.max(status, outcome.status());
          report.add(outcome);
        }
      }
    }
    report.end(status);
    return status;
  }

  private static List<FurtherWarnings> further(Session session, Arguments arguments) {
    List<FurtherWarnings> further = new ArrayList<>();
    if (session.isOrdinary()) {
      further.add(new RefusalWarnings());
    }
    if (arguments.flag(CHECKPOINT)) {
      // Looks at the host, which nothing else here does.
      further.add(new CheckpointWarnings(new CheckpointInquiry(session.driver())));
    }
    return further;
  }

  private static DocumentCheck.Scope scope(Arguments arguments) {
    if (arguments.flag("--schema-only")) {
      return DocumentCheck.Scope.SCHEMA;
    }
    List<String> inputs = arguments.from(0);
    boolean one = inputs.size() == 1 && !new File(inputs.getFirst()).isDirectory();
    return one || arguments.flag("--each") ? DocumentCheck.Scope.EACH : DocumentCheck.Scope.SET;
  }
}
