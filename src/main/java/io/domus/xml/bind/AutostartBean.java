// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <autostart>}. */
public final class AutostartBean extends Located {
  @XmlAttribute public String enabled;
  @XmlAttribute public String priority;
  @XmlAttribute public String time;
  @XmlAttribute public String retry;
  @XmlAttribute public String retryDelay;

  @XmlElement(name = "group")
  public List<TextBean> groups = new ArrayList<>();

  public List<AfterBean> after = new ArrayList<>();
  public ReadyBean ready;
}
