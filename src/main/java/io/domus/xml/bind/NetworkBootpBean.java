// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <bootp>}. */
public final class NetworkBootpBean extends Located {
  @XmlAttribute public String file;
  @XmlAttribute public String server;
}
