// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.LibC.attempt;
import static io.domus.kernel.LibC.call;

import java.util.Set;

/** Namespaces, processes and signals. */
interface LinuxProcessCalls extends Syscalls {

  @Override
  default void unshare(Set<Namespace> namespaces) throws KernelException {
    call("unshare", namespaces, CallNumber.UNSHARE, FlagBits.of(namespaces));
  }

  @Override
  default void setns(Fd fd, Namespace namespace) throws KernelException {
    call("setns", namespace, CallNumber.SETNS, fd.number(), namespace.bits());
  }

  @Override
  default Fd pidfdOpen(int pid) throws KernelException {
    return new Fd(this, (int) call("pidfd_open", pid, CallNumber.PIDFD_OPEN, pid, 0));
  }

  @Override
  default void pidfdSendSignal(Fd pidfd, Signal signal) throws KernelException {
    long fd = pidfd.number();
    call("pidfd_send_signal", signal, CallNumber.PIDFD_SEND_SIGNAL, fd, signal.number(), 0, 0);
  }

  @Override
  default void kill(int pid, Signal signal) throws KernelException {
    call("kill " + signal, pid, CallNumber.KILL, pid, signal.number());
  }

  @Override
  default int getuid() {
    return (int) attempt(CallNumber.GETUID);
  }

  @Override
  default int geteuid() {
    return (int) attempt(CallNumber.GETEUID);
  }
}
