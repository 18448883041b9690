// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.Obstacle;
import io.domus.domain.DomainDef;
import io.domus.driver.CheckpointInquiry;
import io.domus.xml.Remarks;

/** What would keep CRIU from dumping the guest of a document, as warnings about its lines. */
record CheckpointWarnings(CheckpointInquiry inquiry) implements FurtherWarnings {
  @Override
  public void remark(DomainDef domain, Remarks remarks) {
    for (Obstacle obstacle : inquiry.of(domain)) {
      remarks.add(
          obstacle.kind().rule(),
          obstacle.origin().known() ? obstacle.origin() : domain.origin(),
          obstacle.message());
    }
  }
}
