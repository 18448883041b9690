// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <address type='pci'>}. */
public final class NetworkPciBean extends Located {
  @XmlAttribute public String type;
  @XmlAttribute public String domain;
  @XmlAttribute public String bus;
  @XmlAttribute public String slot;
  @XmlAttribute public String function;
}
