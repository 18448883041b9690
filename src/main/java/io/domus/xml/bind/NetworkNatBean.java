// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <nat>}. */
public final class NetworkNatBean extends Located {
  @XmlAttribute public String ipv6;

  public NetworkRangeBean address;
  public NetworkRangeBean port;
}
