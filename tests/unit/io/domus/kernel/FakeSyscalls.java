// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A kernel in memory: files, descriptors, mounts, mount namespaces per thread, and processes.
 * Strict: what it does not know it refuses. {@link SyscallsContract} proves that it does what Linux
 * does.
 */
public final class FakeSyscalls implements FakeFileCalls, FakeMountCalls {
  private final FakeKernel kernel = new FakeKernel();

  @Override
  public FakeKernel kernel() {
    return kernel;
  }

  /** Lets every call whose text begins like this fail, for example {@code move_mount to /a}. */
  public void fail(String call, Errno errno) {
    kernel.faults.put(call, errno);
  }

  /** The calls that change the machine, in their order. */
  public List<String> calls() {
    return List.copyOf(kernel.calls);
  }

  public void makeDirectory(Path path) {
    kernel.files.put(path, FakeNode.DIRECTORY | 0755, new DeviceNumber(0, 0));
  }

  /** Adds a running process. */
  public void addProcess(int pid) {
    kernel.processes.put(pid, new ArrayList<>());
  }

  /** The signals that a process was sent. */
  public List<Signal> signals(int pid) {
    return List.copyOf(kernel.processes.get(pid));
  }

  /** The mounts that the calling thread sees. */
  public MountInfo mountTable() {
    return new MountInfo(kernel.mounts.current());
  }

  /** Throws if a descriptor is open or a mount is left in the host's namespace. */
  public void assertNothingLeaked() {
    if (!kernel.descriptors.isEmpty() || !kernel.mounts.host().isEmpty()) {
      throw new AssertionError(
          "leaked " + kernel.descriptors.keySet() + " and " + kernel.mounts.host());
    }
  }

  @Override
  public Fd pidfdOpen(int pid) throws KernelException {
    if (!kernel.processes.containsKey(pid)) {
      throw FakeFiles.failure("pidfd_open", pid, Errno.ESRCH);
    }
    return kernel.fd(this, new FakeOpen.Process(pid));
  }

  @Override
  public void pidfdSendSignal(Fd pidfd, Signal signal) throws KernelException {
    send("pidfd_send_signal", kernel.get("kill", pidfd, FakeOpen.Process.class).pid(), signal);
  }

  @Override
  public void kill(int pid, Signal signal) throws KernelException {
    send("kill " + signal, pid, signal);
  }

  private void send(String call, int pid, Signal signal) throws KernelException {
    List<Signal> received = kernel.processes.get(pid);
    if (received == null) {
      throw FakeFiles.failure(call, pid, Errno.ESRCH);
    }
    kernel.record(call + " " + pid);
    received.add(signal);
    if (signal.equals(Signal.KILL)) {
      kernel.processes.remove(pid);
    }
  }

  @Override
  public int getuid() {
    return 0;
  }

  @Override
  public int geteuid() {
    return 0;
  }

  @Override
  public boolean isatty(int descriptor) {
    return false;
  }

  @Override
  public Terminal tcgetattr(int descriptor) throws KernelException {
    throw FakeFiles.failure("tcgetattr", descriptor, Errno.ENOTTY);
  }

  @Override
  public void tcsetattr(int descriptor, Terminal settings) throws KernelException {
    throw FakeFiles.failure("tcsetattr", descriptor, Errno.ENOTTY);
  }

  @Override
  public WindowSize windowSize(int descriptor) throws KernelException {
    throw FakeFiles.failure("TIOCGWINSZ", descriptor, Errno.ENOTTY);
  }

  @Override
  public int loopGetFree(Fd control) {
    throw unknown();
  }

  @Override
  public void loopConfigure(Fd loop, Fd backing, Set<LoopFlag> flags) {
    throw unknown();
  }

  @Override
  public LoopStatus loopStatus(Fd loop) {
    throw unknown();
  }

  @Override
  public void loopClear(Fd loop) {
    throw unknown();
  }

  @Override
  public Fd socket() {
    throw unknown();
  }

  @Override
  public void connect(Fd socket, Path path) {
    throw unknown();
  }

  @Override
  public void send(Fd socket, byte[] packet) {
    throw unknown();
  }

  @Override
  public byte[] receive(Fd socket, int limit) {
    throw unknown();
  }

  @Override
  public void shutdown(Fd socket) {
    throw unknown();
  }

  private static UnsupportedOperationException unknown() {
    return new UnsupportedOperationException("the fake kernel has no such call");
  }
}
