// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Locale;

/** The capabilities that libvirt's domain XML has names for, in libvirt's order. */
public enum Capability {
  AUDIT_CONTROL,
  AUDIT_WRITE,
  BLOCK_SUSPEND,
  CHOWN,
  DAC_OVERRIDE,
  DAC_READ_SEARCH,
  FOWNER,
  FSETID,
  IPC_LOCK,
  IPC_OWNER,
  KILL,
  LEASE,
  LINUX_IMMUTABLE,
  MAC_ADMIN,
  MAC_OVERRIDE,
  MKNOD,
  NET_ADMIN,
  NET_BIND_SERVICE,
  NET_BROADCAST,
  NET_RAW,
  SETGID,
  SETFCAP,
  SETPCAP,
  SETUID,
  SYS_ADMIN,
  SYS_BOOT,
  SYS_CHROOT,
  SYS_MODULE,
  SYS_NICE,
  SYS_PACCT,
  SYS_PTRACE,
  SYS_RAWIO,
  SYS_RESOURCE,
  SYS_TIME,
  SYS_TTY_CONFIG,
  SYSLOG,
  WAKE_ALARM;

  /** As the XML spells it: {@code sys_admin}. */
  public String xmlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As capabilities(7) and the OCI configuration spell it: {@code CAP_SYS_ADMIN}. */
  public String kernelName() {
    return "CAP_" + name();
  }
}
