// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <domain>} of a network. */
public final class NetworkDomainBean extends Located {
  @XmlAttribute public String name;
  @XmlAttribute public String localOnly;
  @XmlAttribute public String register;
}
