// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <filterref>}. */
public final class FilterrefBean extends Located {
  @XmlAttribute public String filter;

  @XmlElement(name = "parameter")
  public List<OptionBean> parameters = new ArrayList<>();
}
