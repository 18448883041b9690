// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.XmlFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What came of a document for programs. */
final class FaultJson {
  private FaultJson() {}

  static Map<String, Object> outcome(Outcome outcome) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", outcome.name());
    switch (outcome) {
      case Outcome.Checked checked -> {
        entry.put("kind", checked.kind().isEmpty() ? null : checked.kind());
        entry.put("valid", checked.valid());
        entry.put("faults", checked.findings().stream().map(FaultJson::finding).toList());
      }
      case Outcome.Unreadable unreadable -> {
        entry.put("kind", null);
        entry.put("valid", false);
        entry.put("faults", new ArrayList<>());
        entry.put("unreadable", unreadable.why());
      }
      case Outcome.Skipped skipped -> {
        entry.put("kind", null);
        entry.put("valid", null);
        entry.put("faults", new ArrayList<>());
        entry.put("skipped", skipped.why());
      }
    }
    return entry;
  }

  private static Map<String, Object> finding(Finding finding) {
    XmlFault fault = finding.fault();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("line", fault.line());
    entry.put("column", fault.column());
    entry.put("severity", fault.severity().name().toLowerCase(Locale.ROOT));
    entry.put("rule", fault.rule());
    entry.put("message", fault.message());
    entry.put("expected", fault.expected());
    entry.put("help", finding.help());
    return entry;
  }
}
