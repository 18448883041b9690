// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <mount>}. */
public final class MountBean extends Located {
  @XmlAttribute public String options;
  @XmlAttribute public String propagation;
}
