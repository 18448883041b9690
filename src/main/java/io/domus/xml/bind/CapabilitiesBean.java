// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import java.util.ArrayList;
import java.util.List;

/** {@code <capabilities>}; the name of each child is its {@link Located#element}. */
public final class CapabilitiesBean extends Located {
  @XmlAttribute public String policy;

  @XmlElements({
    @XmlElement(name = "audit_control", type = CapabilityBean.class),
    @XmlElement(name = "audit_write", type = CapabilityBean.class),
    @XmlElement(name = "block_suspend", type = CapabilityBean.class),
    @XmlElement(name = "chown", type = CapabilityBean.class),
    @XmlElement(name = "dac_override", type = CapabilityBean.class),
    @XmlElement(name = "dac_read_search", type = CapabilityBean.class),
    @XmlElement(name = "fowner", type = CapabilityBean.class),
    @XmlElement(name = "fsetid", type = CapabilityBean.class),
    @XmlElement(name = "ipc_lock", type = CapabilityBean.class),
    @XmlElement(name = "ipc_owner", type = CapabilityBean.class),
    @XmlElement(name = "kill", type = CapabilityBean.class),
    @XmlElement(name = "lease", type = CapabilityBean.class),
    @XmlElement(name = "linux_immutable", type = CapabilityBean.class),
    @XmlElement(name = "mac_admin", type = CapabilityBean.class),
    @XmlElement(name = "mac_override", type = CapabilityBean.class),
    @XmlElement(name = "mknod", type = CapabilityBean.class),
    @XmlElement(name = "net_admin", type = CapabilityBean.class),
    @XmlElement(name = "net_bind_service", type = CapabilityBean.class),
    @XmlElement(name = "net_broadcast", type = CapabilityBean.class),
    @XmlElement(name = "net_raw", type = CapabilityBean.class),
    @XmlElement(name = "setgid", type = CapabilityBean.class),
    @XmlElement(name = "setfcap", type = CapabilityBean.class),
    @XmlElement(name = "setpcap", type = CapabilityBean.class),
    @XmlElement(name = "setuid", type = CapabilityBean.class),
    @XmlElement(name = "sys_admin", type = CapabilityBean.class),
    @XmlElement(name = "sys_boot", type = CapabilityBean.class),
    @XmlElement(name = "sys_chroot", type = CapabilityBean.class),
    @XmlElement(name = "sys_module", type = CapabilityBean.class),
    @XmlElement(name = "sys_nice", type = CapabilityBean.class),
    @XmlElement(name = "sys_pacct", type = CapabilityBean.class),
    @XmlElement(name = "sys_ptrace", type = CapabilityBean.class),
    @XmlElement(name = "sys_rawio", type = CapabilityBean.class),
    @XmlElement(name = "sys_resource", type = CapabilityBean.class),
    @XmlElement(name = "sys_time", type = CapabilityBean.class),
    @XmlElement(name = "sys_tty_config", type = CapabilityBean.class),
    @XmlElement(name = "syslog", type = CapabilityBean.class),
    @XmlElement(name = "wake_alarm", type = CapabilityBean.class)
  })
  public List<CapabilityBean> states = new ArrayList<>();
}
