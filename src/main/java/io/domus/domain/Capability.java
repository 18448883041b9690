// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Locale;

/** The capabilities that libvirt's domain XML has names for, in libvirt's order. */
public enum Capability {
  AUDIT_CONTROL(30),
  AUDIT_WRITE(29),
  BLOCK_SUSPEND(36),
  CHOWN(0),
  DAC_OVERRIDE(1),
  DAC_READ_SEARCH(2),
  FOWNER(3),
  FSETID(4),
  IPC_LOCK(14),
  IPC_OWNER(15),
  KILL(5),
  LEASE(28),
  LINUX_IMMUTABLE(9),
  MAC_ADMIN(33),
  MAC_OVERRIDE(32),
  MKNOD(27),
  NET_ADMIN(12),
  NET_BIND_SERVICE(10),
  NET_BROADCAST(11),
  NET_RAW(13),
  SETGID(6),
  SETFCAP(31),
  SETPCAP(8),
  SETUID(7),
  SYS_ADMIN(21),
  SYS_BOOT(22),
  SYS_CHROOT(18),
  SYS_MODULE(16),
  SYS_NICE(23),
  SYS_PACCT(20),
  SYS_PTRACE(19),
  SYS_RAWIO(17),
  SYS_RESOURCE(24),
  SYS_TIME(25),
  SYS_TTY_CONFIG(26),
  SYSLOG(34),
  WAKE_ALARM(35);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /** The kernel's number: include/uapi/linux/capability.h. */
  public int number() {
    return number;
  }

  /** As the XML spells it: {@code sys_admin}. */
  public String xmlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As capabilities(7) and the OCI configuration spell it: {@code CAP_SYS_ADMIN}. */
  public String kernelName() {
    return "CAP_" + name();
  }
}
