// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <option>} of an overlay. */
public final class OptionBean extends Located {
  @XmlAttribute public String name;
  @XmlAttribute public String value;
}
