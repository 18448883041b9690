// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <link>} and {@code <mtu>}. */
public final class LinkBean extends Located {
  @XmlAttribute public String state;
  @XmlAttribute public String size;
}
