// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <inbound>} and {@code <outbound>}. */
public final class RateBean extends Located {
  @XmlAttribute public String average;
  @XmlAttribute public String peak;
  @XmlAttribute public String burst;
  @XmlAttribute public String floor;
}
