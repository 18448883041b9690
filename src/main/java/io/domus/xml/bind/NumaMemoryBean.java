// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <memory>} of {@code <numatune>}. */
public final class NumaMemoryBean extends Located {
  @XmlAttribute public String mode;
  @XmlAttribute public String nodeset;
}
