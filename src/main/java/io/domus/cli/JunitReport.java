// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.XmlFault;
import java.io.PrintStream;
import java.util.List;

/**
 * The XML that servers for continuous integration read of JUnit: one suite, and a case for each
 * document. The counts stand before the cases, so these are kept until all are known.
 */
final class JunitReport implements Report {
  private final PrintStream out;
  private final StringBuilder cases = new StringBuilder();
  private int tests;
  private int failures;
  private int errors;
  private int skipped;

  JunitReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void add(Outcome outcome) {
    tests++;
    switch (outcome) {
      case Outcome.Checked checked -> {
        open(checked.name(), checked.kind().isEmpty() ? "document" : checked.kind());
        checked(checked);
      }
      case Outcome.Unreadable unreadable -> {
        errors++;
        open(unreadable.name(), "document");
        String why = XmlText.attribute(Unread.text(unreadable));
        cases.append("      <error type=\"unreadable\" message=\"").append(why).append("\"/>\n");
      }
      case Outcome.Skipped over -> {
        skipped++;
        open(over.name(), "document");
        cases
            .append("      <skipped message=\"")
            .append(XmlText.attribute(over.why()))
            .append("\"/>\n");
      }
    }
    cases.append("    </testcase>\n");
  }

  private void open(String name, String kind) {
    cases
        .append("    <testcase classname=\"")
        .append(XmlText.attribute(kind))
        .append("\" name=\"")
        .append(XmlText.attribute(name))
        .append("\" time=\"0\">\n");
  }

  private void checked(Outcome.Checked checked) {
    List<XmlFault> faults = checked.findings().stream().map(Finding::fault).toList();
    String text = XmlText.content(new FindingText().render(checked.findings()));
    if (checked.valid()) {
      if (!faults.isEmpty()) {
        cases.append("      <system-out>").append(text).append("</system-out>\n");
      }
      return;
    }
    failures++;
    XmlFault first =
        faults.stream().filter(XmlFault::isError).findFirst().orElseGet(faults::getFirst);
    cases
        .append("      <failure type=\"")
        .append(XmlText.attribute(first.rule()))
        .append("\" message=\"")
        .append(XmlText.attribute(first.message()))
        .append("\">")
        .append(text)
        .append("</failure>\n");
  }

  @Override
  public void end(int status) {
    String counts =
        "tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"0\""
            .formatted(tests, failures, errors, skipped);
    out.print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.print("<testsuites " + counts + ">\n");
    out.print("  <testsuite name=\"domus validate\" " + counts + ">\n");
    out.append(cases);
    out.print("  </testsuite>\n</testsuites>\n");
  }
}
