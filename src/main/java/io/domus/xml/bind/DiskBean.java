// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;

/** {@code <disk>}. */
public final class DiskBean extends Located {
  @XmlAttribute public String type;
  public DiskSourceBean source;
  public NodeBean target;
  public FormatBean driver;
  public EmptyBean readonly;
}
