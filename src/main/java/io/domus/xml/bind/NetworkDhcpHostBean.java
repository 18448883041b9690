// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <host>} of {@code <dhcp>}. */
public final class NetworkDhcpHostBean extends Located {
  @XmlAttribute public String mac;
  @XmlAttribute public String id;
  @XmlAttribute public String name;
  @XmlAttribute public String ip;

  public NetworkLeaseBean lease;
}
