// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <memory>} of a snapshot. */
public final class SnapshotMemoryBean extends Located {
  @XmlAttribute public String snapshot;
  @XmlAttribute public String file;
}
