// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <interface>}. */
public final class InterfaceBean extends Located {
  @XmlAttribute public String type;

  public AddressBean mac;
  public InterfaceSourceBean source;
  public TargetBean target;
  public TargetBean guest;

  @XmlElement(name = "ip")
  public List<AddressBean> addresses = new ArrayList<>();

  @XmlElement(name = "route")
  public List<AddressBean> routes = new ArrayList<>();

  public LinkBean link;
  public LinkBean mtu;
  public BandwidthBean bandwidth;
  public VlanBean vlan;
  public VirtualportBean virtualport;
  public PortBean port;
  public FilterrefBean filterref;

  @XmlElement(name = "publish")
  public List<PublishBean> published = new ArrayList<>();
}
