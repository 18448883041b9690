// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <dnsmasq:options>}. */
public final class NetworkOptionsBean extends Located {
  public static final String XML_NAMESPACE = "http://libvirt.org/schemas/network/dnsmasq/1.0";

  @XmlElement(name = "option", namespace = NetworkOptionsBean.XML_NAMESPACE)
  public List<NetworkOptionBean> options = new ArrayList<>();
}
