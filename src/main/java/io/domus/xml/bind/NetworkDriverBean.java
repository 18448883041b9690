// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <driver>} of {@code <forward>}. */
public final class NetworkDriverBean extends Located {
  @XmlAttribute public String name;
  @XmlAttribute public String model;
}
