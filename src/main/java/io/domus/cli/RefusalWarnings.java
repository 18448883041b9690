// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.driver.StartOutlook;
import io.domus.xml.Remarks;

/** What a start in an ordinary user's session will refuse, as warnings about the lines. */
record RefusalWarnings() implements FurtherWarnings {
  @Override
  public void remark(DomainDef domain, Remarks remarks) {
    StartOutlook.remark(domain, remarks);
  }
}
