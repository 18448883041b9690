// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <dnsmasq:option>}. */
public final class NetworkOptionBean extends Located {
  @XmlAttribute public String value;
}
