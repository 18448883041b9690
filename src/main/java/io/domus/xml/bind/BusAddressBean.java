// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <address>} of a host device. */
public final class BusAddressBean extends Located {
  @XmlAttribute public String bus;
  @XmlAttribute public String device;
}
