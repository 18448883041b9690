// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;
import java.util.Set;

/**
 * Runs work in a namespace other than ours, on a fresh platform thread that ends with it. All
 * threads of a JVM share root and working directory, and a thread that shares them may not change
 * its mount namespace; so one that is to leaves them first. What it starts is born into the
 * namespace. Paths read through {@code /proc/self} are the main thread's: use {@code
 * /proc/thread-self}.
 */
public final class NamespaceThread {
  private static final Path ROOT = Path.of("/");

  private final Syscalls syscalls;

  public NamespaceThread(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /** What to run, with the exceptions it declares. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T run() throws X;
  }

  /**
   * In a copy of the present namespace. Mounts made there stay there; those the host makes or takes
   * away later are followed, so that the copy pins none.
   */
  public <T, X extends Exception> T inNew(Work<T, X> work) throws X, KernelException {
    return onThread(
        () -> {
          syscalls.unshare(Set.of(Namespace.FS, Namespace.MOUNT));
          syscalls.mount("none", ROOT, "", Set.of(MountFlag.REC, MountFlag.SLAVE), "");
        },
        work);
  }

  /** In an existing namespace, such as that of {@code /proc/PID/ns/mnt}. */
  public <T, X extends Exception> T in(Path namespace, Work<T, X> work) throws X, KernelException {
    return onThread(
        () -> {
          try (Fd fd = syscalls.open(namespace)) {
            syscalls.unshare(Set.of(Namespace.FS));
            syscalls.setns(fd, Namespace.MOUNT);
          }
        },
        work);
  }

  /** In an existing network namespace, such as {@code /proc/PID/ns/net}. */
  public <T, X extends Exception> T inNetwork(Path namespace, Work<T, X> work)
      throws X, KernelException {
    return onThread(
        () -> {
          try (Fd fd = syscalls.open(namespace)) {
            syscalls.setns(fd, Namespace.NET);
          }
        },
        work);
  }

  /** In the mount namespace of a process. */
  public <T, X extends Exception> T ofProcess(int pid, Work<T, X> work) throws X, KernelException {
    return in(Path.of("/proc/" + pid + "/ns/mnt"), work);
  }

  @FunctionalInterface
  private interface Entry {
    void enter() throws KernelException;
  }

  private static <T, X extends Exception> T onThread(Entry entry, Work<T, X> work)
      throws X, KernelException {
    Outcome<T, X> outcome = new Outcome<>(entry, work);
    Thread thread = Thread.ofPlatform().name("namespace").unstarted(outcome);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        // The work ends or unwinds by itself; leaving it behind half done would be worse.
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return outcome.get();
  }

  /** Holds what the thread came to; read after the thread has ended. */
  private static final class Outcome<T, X extends Exception> implements Runnable {
    private final Entry entry;
    private final Work<T, X> work;
    private T value;
    private Throwable failure;

    Outcome(Entry entry, Work<T, X> work) {
      this.entry = entry;
      this.work = work;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void run() {
      try {
        entry.enter();
        value = work.run();
      } catch (Throwable e) {
        failure = e;
      }
    }

    @SuppressWarnings("unchecked") // besides the unchecked ones only KernelException and X get here
    T get() throws X, KernelException {
      switch (failure) {
        case null -> {
          return value;
        }
        case Error error -> throw error;
        case RuntimeException unchecked -> throw unchecked;
        case KernelException kernel -> throw kernel;
        default -> throw (X) failure;
      }
    }
  }
}
