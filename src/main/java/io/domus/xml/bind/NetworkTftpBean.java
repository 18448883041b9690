// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <tftp>}. */
public final class NetworkTftpBean extends Located {
  @XmlAttribute public String root;
}
