// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** {@code <devices>}. */
public final class DevicesBean extends Located {
  public TextBean emulator;

  @XmlElement(name = "console")
  public List<ConsoleBean> consoles = new ArrayList<>();

  @XmlElement(name = "filesystem")
  public List<FilesystemBean> filesystems = new ArrayList<>();

  @XmlElement(name = "disk")
  public List<DiskBean> disks = new ArrayList<>();

  @XmlElement(name = "hostdev")
  public List<HostdevBean> hostdevs = new ArrayList<>();

  @XmlElement(name = "interface")
  public List<InterfaceBean> interfaces = new ArrayList<>();
}
