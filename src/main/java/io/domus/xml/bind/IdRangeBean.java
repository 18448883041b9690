// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <uid>} and {@code <gid>}. */
public final class IdRangeBean extends Located {
  @XmlAttribute public String start;
  @XmlAttribute public String target;
  @XmlAttribute public String count;
}
