// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <domain>}. */
public final class DomainBean extends Located {
  @XmlAttribute public String type;

  public TextBean name;
  public TextBean uuid;
  public TextBean title;
  public TextBean description;
  public TextBean memory;
  public TextBean currentMemory;
  public TextBean vcpu;
  public MemtuneBean memtune;
  public CputuneBean cputune;
  public NumatuneBean numatune;
  public BlkiotuneBean blkiotune;
  public ResourceBean resource;
  public OsBean os;

  @XmlElement(name = "on_poweroff")
  public TextBean onPoweroff;

  @XmlElement(name = "on_reboot")
  public TextBean onReboot;

  @XmlElement(name = "on_crash")
  public TextBean onCrash;

  public FeaturesBean features;
  public IdmapBean idmap;

  @XmlElement(name = "namespace", namespace = NamespaceBean.XML_NAMESPACE)
  public NamespaceBean shared;

  @XmlElement(name = "seclabel")
  public List<SeclabelBean> seclabels = new ArrayList<>();

  public DevicesBean devices;
  public AutostartBean autostart;
  public ShutdownBean shutdown;
  public CheckpointBean checkpoint;
}
