// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <srv>}. */
public final class NetworkSrvBean extends Located {
  @XmlAttribute public String service;
  @XmlAttribute public String protocol;
  @XmlAttribute public String domain;
  @XmlAttribute public String target;
  @XmlAttribute public String port;
  @XmlAttribute public String priority;
  @XmlAttribute public String weight;
}
