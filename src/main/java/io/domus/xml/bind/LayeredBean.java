// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlTransient;
import java.util.ArrayList;
import java.util.List;

/** What a filesystem and a store have in common. */
@XmlTransient
public abstract sealed class LayeredBean extends Located permits FilesystemBean, StoreBean {
  @XmlAttribute public String type;

  @XmlElement(name = "source")
  public List<SourceBean> sources = new ArrayList<>();

  @XmlElement(name = "target")
  public List<TargetBean> targets = new ArrayList<>();

  @XmlElement(name = "backingStore")
  public List<StoreBean> stores = new ArrayList<>();

  public DriverBean driver;
  public EmptyBean readonly;
}
