// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <driver>} of a disk. */
public final class FormatBean extends Located {
  @XmlAttribute public String type;
}
