// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <source>} of a disk. */
public final class DiskSourceBean extends Located {
  @XmlAttribute public String dev;
  @XmlAttribute public String file;
}
