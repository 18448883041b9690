// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <shutdown>}. */
public final class ShutdownBean extends Located {
  @XmlAttribute public String signal;
  @XmlAttribute public String timeout;
}
