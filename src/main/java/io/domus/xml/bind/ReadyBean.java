// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <ready>}. */
public final class ReadyBean extends Located {
  @XmlAttribute public String type;
  @XmlAttribute public String value;
  @XmlAttribute public String interval;
  @XmlAttribute public String timeout;
  @XmlAttribute public String watchdog;
}
