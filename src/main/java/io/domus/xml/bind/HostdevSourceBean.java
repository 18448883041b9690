// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;

/** {@code <source>} of a host device. */
public final class HostdevSourceBean extends Located {
  public TextBean block;

  @XmlElement(name = "char")
  public TextBean character;

  @XmlElement(name = "interface")
  public TextBean link;

  public BusAddressBean address;
}
