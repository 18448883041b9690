// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <bridge>}. */
public final class NetworkBridgeBean extends Located {
  @XmlAttribute public String name;
  @XmlAttribute public String stp;
  @XmlAttribute public String delay;
  @XmlAttribute public String macTableManager;
  @XmlAttribute public String zone;
}
