// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <ip>} of a network. */
public final class NetworkIpBean extends Located {
  @XmlAttribute public String address;
  @XmlAttribute public String netmask;
  @XmlAttribute public String prefix;
  @XmlAttribute public String family;
  @XmlAttribute public String localPtr;

  public NetworkDhcpBean dhcp;
  public NetworkTftpBean tftp;
}
