// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <publish>}. */
public final class PublishBean extends Located {
  @XmlAttribute public String protocol;
  @XmlAttribute public String address;
  @XmlAttribute public String host;
  @XmlAttribute public String guest;
}
