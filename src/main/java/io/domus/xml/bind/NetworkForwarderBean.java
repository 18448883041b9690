// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <forwarder>}. */
public final class NetworkForwarderBean extends Located {
  @XmlAttribute public String addr;
  @XmlAttribute public String domain;
}
