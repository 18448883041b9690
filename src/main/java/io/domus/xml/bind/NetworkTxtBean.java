// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <txt>}. */
public final class NetworkTxtBean extends Located {
  @XmlAttribute public String name;
  @XmlAttribute public String value;
}
