// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.xml.Reading;
import io.domus.xml.Remarks;
import io.domus.xml.XmlFault;
import io.domus.xml.XmlSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Warnings about a valid document that its reader knows nothing of. */
interface FurtherWarnings {
  void remark(DomainDef domain, Remarks remarks);

  /** The faults of a document, and these. */
  static List<XmlFault> with(List<FurtherWarnings> further, XmlSource source, Reading<?> reading) {
    if (further.isEmpty()
        || !(reading instanceof Reading.Valid<?> valid)
        || !(valid.definition() instanceof DomainDef domain)) {
      return reading.faults();
    }
    Remarks remarks = Remarks.on(source);
    further.forEach(each -> each.remark(domain, remarks));
    List<XmlFault> faults = new ArrayList<>(reading.faults());
    faults.addAll(remarks.sorted());
    faults.sort(Comparator.comparingInt(XmlFault::line).thenComparingInt(XmlFault::column));
    return faults;
  }
}
