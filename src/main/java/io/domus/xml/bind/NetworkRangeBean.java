// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** A range of addresses or ports. */
public final class NetworkRangeBean extends Located {
  @XmlAttribute public String start;
  @XmlAttribute public String end;

  public NetworkLeaseBean lease;
}
