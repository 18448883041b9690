// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <hostdev>}. */
public final class HostdevBean extends Located {
  @XmlAttribute public String mode;
  @XmlAttribute public String type;
  public HostdevSourceBean source;

  @XmlElement(name = "ip")
  public List<AddressBean> addresses = new ArrayList<>();

  @XmlElement(name = "route")
  public List<AddressBean> routes = new ArrayList<>();
}
