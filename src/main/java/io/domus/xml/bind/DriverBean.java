// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <driver>} of a filesystem or a store. */
public final class DriverBean extends Located {
  @XmlAttribute public String type;
  @XmlAttribute public String format;
  @XmlAttribute public String name;

  @XmlElement(name = "option")
  public List<OptionBean> options = new ArrayList<>();
}
