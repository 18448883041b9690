// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <lease>}. */
public final class NetworkLeaseBean extends Located {
  @XmlAttribute public String expiry;
  @XmlAttribute public String unit;
}
