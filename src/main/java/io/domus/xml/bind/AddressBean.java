// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <ip>}, {@code <route>} and {@code <mac>}. */
public final class AddressBean extends Located {
  @XmlAttribute public String address;
  @XmlAttribute public String family;
  @XmlAttribute public String prefix;
  @XmlAttribute public String peer;
  @XmlAttribute public String netmask;
  @XmlAttribute public String gateway;
  @XmlAttribute public String metric;
}
