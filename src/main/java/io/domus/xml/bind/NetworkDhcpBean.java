// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <dhcp>}. */
public final class NetworkDhcpBean extends Located {
  @XmlElement(name = "range")
  public List<NetworkRangeBean> ranges = new ArrayList<>();

  @XmlElement(name = "host")
  public List<NetworkDhcpHostBean> hosts = new ArrayList<>();

  public NetworkBootpBean bootp;
}
