// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <virtualport>}. */
public final class VirtualportBean extends Located {
  @XmlAttribute public String type;
  public VirtualportParametersBean parameters;
}
