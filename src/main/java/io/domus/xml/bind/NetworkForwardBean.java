// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <forward>}. */
public final class NetworkForwardBean extends Located {
  @XmlAttribute public String mode;
  @XmlAttribute public String dev;
  @XmlAttribute public String managed;

  public NetworkNatBean nat;

  @XmlElement(name = "interface")
  public List<TargetBean> interfaces = new ArrayList<>();

  public TargetBean pf;

  @XmlElement(name = "address")
  public List<NetworkPciBean> addresses = new ArrayList<>();

  public NetworkDriverBean driver;
}
