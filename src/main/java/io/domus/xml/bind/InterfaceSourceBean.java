// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <source>} of an interface. */
public final class InterfaceSourceBean extends Located {
  @XmlAttribute public String network;
  @XmlAttribute public String portgroup;
  @XmlAttribute public String bridge;
  @XmlAttribute public String dev;
  @XmlAttribute public String mode;

  @XmlElement(name = "ip")
  public List<AddressBean> addresses = new ArrayList<>();

  @XmlElement(name = "route")
  public List<AddressBean> routes = new ArrayList<>();
}
