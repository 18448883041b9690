// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.Obstacle;
import io.domus.domain.DomainDef;
import io.domus.driver.CheckpointInquiry;
import io.domus.xml.Reading;
import io.domus.xml.Remarks;
import io.domus.xml.XmlFault;
import io.domus.xml.XmlSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What would keep CRIU from dumping the guest of a document, as warnings about its lines. */
record CheckpointWarnings(CheckpointInquiry inquiry) {
  /** The faults of a document, and these. */
  List<XmlFault> with(XmlSource source, Reading<?> reading) {
    if (!(reading instanceof Reading.Valid<?> valid)
        || !(valid.definition() instanceof DomainDef domain)) {
      return reading.faults();
    }
    Remarks remarks = Remarks.on(source);
    for (Obstacle obstacle : inquiry.of(domain)) {
      remarks.add(
          obstacle.kind().rule(),
          obstacle.origin().known() ? obstacle.origin() : domain.origin(),
          obstacle.message());
    }
    List<XmlFault> faults = new ArrayList<>(reading.faults());
    faults.addAll(remarks.sorted());
    faults.sort(Comparator.comparingInt(XmlFault::line).thenComparingInt(XmlFault::column));
    return faults;
  }
}
