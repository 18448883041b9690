// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <port>}. */
public final class PortBean extends Located {
  @XmlAttribute public String isolated;
}
