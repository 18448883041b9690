// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <parameters>} of a virtual port. */
public final class VirtualportParametersBean extends Located {
  @XmlAttribute public String interfaceid;
  @XmlAttribute public String profileid;
  @XmlAttribute public String managerid;
  @XmlAttribute public String typeid;
  @XmlAttribute public String typeidversion;
  @XmlAttribute public String instanceid;
}
