// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <console>}. */
public final class ConsoleBean extends Located {
  @XmlAttribute public String type;

  public TypeBean target;
}
