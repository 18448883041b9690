// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;

/** {@code <filesystem>}. */
public final class FilesystemBean extends LayeredBean {
  @XmlAttribute public String accessmode;

  public MountBean mount;

  @XmlElement(name = "space_hard_limit")
  public TextBean spaceHardLimit;
}
