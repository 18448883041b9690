// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <vlan>}. */
public final class VlanBean extends Located {
  @XmlAttribute public String trunk;

  @XmlElement(name = "tag")
  public List<VlanTagBean> tags = new ArrayList<>();
}
