// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.List;
import java.util.Set;

/**
 * A filesystem in the making: options are set one at a time, then it is created and becomes a
 * detached mount. A failure quotes the kernel's own sentence.
 */
public final class FsContext implements AutoCloseable {
  private final Syscalls syscalls;
  private final String type;
  private final Fd fd;

  private FsContext(Syscalls syscalls, String type, Fd fd) {
    this.syscalls = syscalls;
    this.type = type;
    this.fd = fd;
  }

  /** fsopen(2). */
  public static FsContext open(Syscalls syscalls, String type) throws KernelException {
    return new FsContext(syscalls, type, syscalls.fsopen(type));
  }

  /** fsconfig(2). */
  public void set(FsSetting setting) throws KernelException {
    try {
      syscalls.fsconfig(fd, setting);
    } catch (KernelException e) {
      throw explained(e);
    }
  }

  /** Sets an option to a string of at most 255 bytes. */
  public void set(String key, String value) throws KernelException {
    set(new FsSetting.Text(key, value));
  }

  /** Sets an option that has no value. */
  public void flag(String key) throws KernelException {
    set(new FsSetting.Flag(key));
  }

  /** Creates the filesystem and mounts it, attached nowhere yet. */
  public Fd mount(Set<MountAttribute> attributes) throws KernelException {
    set(new FsSetting.Create());
    try {
      return syscalls.fsmount(fd, attributes);
    } catch (KernelException e) {
      throw explained(e);
    }
  }

  private KernelException explained(KernelException failure) {
    try {
      List<String> sentences = syscalls.readContextLog(fd);
      return sentences.isEmpty() ? failure : failure.withDetail(String.join("; ", sentences));
    } catch (KernelException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  @Override
  public void close() throws KernelException {
    fd.close();
  }

  @Override
  public String toString() {
    return type;
  }
}
