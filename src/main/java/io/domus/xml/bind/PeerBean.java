// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <lxc:sharenet>} and its siblings. */
public final class PeerBean extends Located {
  @XmlAttribute public String type;
  @XmlAttribute public String value;
}
