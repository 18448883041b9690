// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <dns>}. */
public final class NetworkDnsBean extends Located {
  @XmlAttribute public String enable;
  @XmlAttribute public String forwardPlainNames;

  @XmlElement(name = "forwarder")
  public List<NetworkForwarderBean> forwarders = new ArrayList<>();

  @XmlElement(name = "txt")
  public List<NetworkTxtBean> texts = new ArrayList<>();

  @XmlElement(name = "srv")
  public List<NetworkSrvBean> services = new ArrayList<>();

  @XmlElement(name = "host")
  public List<NetworkDnsHostBean> hosts = new ArrayList<>();
}
