// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <network>}. */
public final class NetworkBean extends Located {
  @XmlAttribute public String ipv6;

  public TextBean name;
  public TextBean uuid;
  public TextBean title;
  public TextBean description;
  public NetworkForwardBean forward;
  public NetworkBridgeBean bridge;
  public LinkBean mtu;
  public AddressBean mac;
  public NetworkDomainBean domain;
  public NetworkDnsBean dns;

  @XmlElement(name = "options", namespace = NetworkOptionsBean.XML_NAMESPACE)
  public NetworkOptionsBean options;

  @XmlElement(name = "ip")
  public List<NetworkIpBean> addresses = new ArrayList<>();

  @XmlElement(name = "route")
  public List<AddressBean> routes = new ArrayList<>();

  public BandwidthBean bandwidth;

  @XmlElement(name = "portgroup")
  public List<NetworkPortgroupBean> portgroups = new ArrayList<>();

  public VlanBean vlan;
  public VirtualportBean virtualport;
  public PortBean port;
}
