// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.DomainBean;

/**
 * What a definition must keep beyond its schema. Each rule has an id; what breaks it is told at the
 * culprit's own place. A gap is not told of where the schema refused something: the something may
 * be what is missing.
 */
final class DomainRules {
  private DomainRules() {}

  /** Tells all that is wrong or odd. */
  static void check(DomainBean domain, Faults faults) {
    new BasicRules(faults).check(domain);
    new OsRules(faults).check(domain);
    new IdmapRules(faults).check(domain.idmap);
    new FilesystemRules(faults).check(domain);
    new InterfaceRules(faults).check(domain);
    new TuningRules(faults).check(domain);
    new LabelRules(faults).check(domain.seclabels);
    new SharingRules(faults).check(domain);
    new DeviceRules(faults).check(domain);
    new AutostartRules(faults).check(domain);
  }
}
