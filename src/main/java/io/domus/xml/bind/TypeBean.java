// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** An element that has a type: a console's target, a store's format. */
public final class TypeBean extends Located {
  @XmlAttribute public String type;
  @XmlAttribute public String port;
}
