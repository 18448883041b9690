// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;

/** {@code <lxc:namespace>}. */
public final class NamespaceBean extends Located {
  static final String XML_NAMESPACE = "http://libvirt.org/schemas/domain/lxc/1.0";

  @XmlElement(name = "sharenet", namespace = NamespaceBean.XML_NAMESPACE)
  public PeerBean network;

  @XmlElement(name = "shareipc", namespace = NamespaceBean.XML_NAMESPACE)
  public PeerBean ipc;

  @XmlElement(name = "shareuts", namespace = NamespaceBean.XML_NAMESPACE)
  public PeerBean uts;
}
