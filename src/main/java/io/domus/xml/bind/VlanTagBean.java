// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <tag>} of a VLAN. */
public final class VlanTagBean extends Located {
  @XmlAttribute public String id;
  @XmlAttribute public String nativeMode;
}
