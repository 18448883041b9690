// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <checkpoint>}. */
public final class CheckpointBean extends Located {
  @XmlAttribute public String tcpEstablished;
  @XmlAttribute public String tcpClose;
  @XmlAttribute public String fileLocks;
  @XmlAttribute public String extUnixSk;
  @XmlAttribute public String networkLock;
}
