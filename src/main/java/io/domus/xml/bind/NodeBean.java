// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <target>} of a disk. */
public final class NodeBean extends Located {
  @XmlAttribute public String dev;
}
