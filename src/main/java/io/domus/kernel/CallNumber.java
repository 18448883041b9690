// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** The numbers of the system calls; from 424 on they are the same on every processor. */
enum CallNumber {
  OPENAT(257, 56),
  CLOSE(3, 57),
  READ(0, 63),
  WRITE(1, 64),
  PIPE2(293, 59),
  PPOLL(271, 73),
  FLOCK(73, 32),
  STATX(332, 291),
  STATFS(137, 43),
  MKNODAT(259, 33),
  LGETXATTR(192, 9),
  LLISTXATTR(195, 12),
  LSETXATTR(189, 6),
  LREMOVEXATTR(198, 15),
  IOCTL(16, 29),
  CHDIR(80, 49),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  UNSHARE(272, 97),
  SETNS(308, 268),
  KILL(62, 129),
  GETUID(102, 174),
  EXIT_GROUP(231, 94),
  GETEUID(107, 175),
  SOCKET(41, 198),
  CONNECT(42, 203),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  SHUTDOWN(48, 210),
  PIDFD_SEND_SIGNAL(424, 424),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  PIDFD_OPEN(434, 434),
  OPENAT2(437, 437),
  MOUNT_SETATTR(442, 442);

  private final int x86;
  private final int arm;

  CallNumber(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  int number() {
    return Architecture.CURRENT == Architecture.X86_64 ? x86 : arm;
  }
}
