// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** One capability. */
public final class CapabilityBean extends Located {
  @XmlAttribute public String state;
}
