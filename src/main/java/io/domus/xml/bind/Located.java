// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlTransient;

/** What every bean knows of the element it was read from. */
@XmlTransient
public abstract class Located {
  /** 1-based, of the element's {@code <}. */
  @XmlTransient public int line;

  @XmlTransient public int column;

  /** The element's local name. */
  @XmlTransient public String element;

  /** True if the schema refused a child or an attribute, so that no more must be said of gaps. */
  @XmlTransient public boolean incomplete;
}
