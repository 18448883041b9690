// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <idmap>}. */
public final class IdmapBean extends Located {
  @XmlAttribute public String mode;

  @XmlElement(name = "uid")
  public List<IdRangeBean> uids = new ArrayList<>();

  @XmlElement(name = "gid")
  public List<IdRangeBean> gids = new ArrayList<>();
}
