// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <host>} of {@code <dns>}. */
public final class NetworkDnsHostBean extends Located {
  @XmlAttribute public String ip;

  @XmlElement(name = "hostname")
  public List<TextBean> hostnames = new ArrayList<>();
}
