// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <portgroup>}. */
public final class NetworkPortgroupBean extends Located {
  @XmlAttribute public String name;

  @XmlAttribute(name = "default")
  public String byDefault;

  public BandwidthBean bandwidth;
  public VirtualportBean virtualport;
  public VlanBean vlan;
}
