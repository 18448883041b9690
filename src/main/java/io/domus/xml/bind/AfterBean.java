// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <after>}. */
public final class AfterBean extends Located {
  @XmlAttribute public String domain;
}
