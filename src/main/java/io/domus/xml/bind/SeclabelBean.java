// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <seclabel>}. */
public final class SeclabelBean extends Located {
  @XmlAttribute public String type;
  @XmlAttribute public String model;
  @XmlAttribute public String relabel;
  public TextBean label;
  public TextBean baselabel;
}
