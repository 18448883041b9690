// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.XmlFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The faults of a document for programs. */
final class FaultJson {
  private FaultJson() {}

  static Map<String, Object> file(String file, boolean valid, List<XmlFault> faults) {
    List<Object> list = new ArrayList<>();
    for (XmlFault fault : faults) {
      list.add(fault(fault));
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", file);
    entry.put("valid", valid);
    entry.put("faults", list);
    return entry;
  }

  private static Map<String, Object> fault(XmlFault fault) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("line", fault.line());
    entry.put("column", fault.column());
    entry.put("severity", fault.severity().name().toLowerCase(Locale.ROOT));
    entry.put("rule", fault.rule());
    entry.put("message", fault.message());
    entry.put("expected", fault.expected());
    return entry;
  }
}
