// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <source>} of a filesystem or a store. */
public final class SourceBean extends Located {
  @XmlAttribute public String dir;
  @XmlAttribute public String file;
  @XmlAttribute public String dev;
  @XmlAttribute public String usage;
  @XmlAttribute public String units;
  @XmlAttribute public String name;
  @XmlAttribute public String pool;
  @XmlAttribute public String volume;
}
