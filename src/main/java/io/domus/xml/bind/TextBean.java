// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlValue;

/** An element that holds a text, with the few attributes that such elements have. */
public final class TextBean extends Located {
  @XmlValue public String value;
  @XmlAttribute public String unit;
  @XmlAttribute public String name;
  @XmlAttribute public String arch;
  @XmlAttribute public String cpuset;
}
