// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Errno;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.LoopFlag;
import io.domus.kernel.LoopStatus;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.Syscalls;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Loop devices. Those that are mounted free themselves, so that a crash leaves none. */
public final class LoopInterpreter {
  private static final Path CONTROL = Path.of("/dev/loop-control");

  /** Somebody else may take the free device between asking and attaching. */
  private static final int ATTEMPTS = 64;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Syscalls syscalls;

  /** Devices held open until they are mounted: without a user they would free themselves. */
  private final Map<Path, Fd> held = new HashMap<>();

  public LoopInterpreter(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  void attach(Step.AttachLoop step) throws IOException {
    Path image =
        step.helper().isPresent()
            ? seenBy(ProcessInterpreter.pid(step.helper().get()), step.image())
            : step.image();
    try (Fd backing = syscalls.open(image, step.readonly() ? Set.of() : Set.of(OpenFlag.RDWR), 0);
        Fd control = syscalls.open(CONTROL, OpenFlag.RDWR)) {
      attach(step, backing, control);
    } catch (KernelException failure) {
      throw new IOException(step.image() + ": " + failure.reason(), failure);
    }
  }

  /** The path as a process in another mount namespace sees it. */
  private static Path seenBy(int pid, Path path) {
    return Path.of("/proc/" + pid + "/root" + path);
  }

  private void attach(Step.AttachLoop step, Fd backing, Fd control) throws IOException {
    EnumSet<LoopFlag> flags = EnumSet.noneOf(LoopFlag.class);
    if (!step.stays()) {
      flags.add(LoopFlag.AUTOCLEAR);
    }
    if (step.readonly()) {
      flags.add(LoopFlag.READ_ONLY);
    }
    for (int attempt = 0; ; attempt++) {
      Path device = Path.of("/dev/loop" + syscalls.loopGetFree(control));
      Fd loop = syscalls.open(device, step.readonly() ? Set.of() : Set.of(OpenFlag.RDWR), 0);
      try {
        syscalls.loopConfigure(loop, backing, flags);
      } catch (KernelException failure) {
        loop.close();
        if (failure.errno().equals(Errno.EBUSY) && attempt < ATTEMPTS) {
          continue;
        }
        throw failure;
      }
      held.put(step.link(), loop);
      Files.deleteIfExists(step.link());
      Files.createSymbolicLink(step.link(), device);
      Files.writeString(identityFile(step.link()), identity(device));
      return;
    }
  }

  /** The mounts are the devices' users now. */
  public void releaseHeld() throws KernelException {
    for (Fd loop : held.values()) {
      loop.close();
    }
    held.clear();
  }

  /**
   * Closing the last descriptor frees the device, and it is waited for: the kernel may still be
   * writing a mount's last blocks through it, and whoever serves the image must not end before.
   */
  void detach(Step.DetachLoop step) throws IOException {
    Fd loop = held.remove(step.link());
    if (loop != null) {
      loop.close();
    }
    if (Files.isSymbolicLink(step.link())) {
      awaitFree(Files.readSymbolicLink(step.link()), identityFile(step.link()));
    }
    Files.deleteIfExists(identityFile(step.link()));
    Files.deleteIfExists(step.link());
  }

  private void awaitFree(Path device, Path identityFile) throws IOException {
    if (!Files.exists(identityFile)) {
      return;
    }
    String identity = Files.readString(identityFile);
    release(device, identity);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (identity.equals(identity(device))) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            device + " is still in use after " + PATIENCE.toSeconds() + " s, so its image is too");
      }
      pause();
    }
  }

  /** One that stays must be told; of the others this changes nothing. */
  private void release(Path device, String identity) throws IOException {
    if (!identity.equals(identity(device))) {
      return;
    }
    try (Fd loop = syscalls.open(device)) {
      syscalls.loopClear(loop);
    } catch (KernelException failure) {
      if (!failure.errno().equals(Errno.ENXIO)) {
        throw failure;
      }
    }
  }

  private static Path identityFile(Path link) {
    return link.resolveSibling(link.getFileName() + ".backing");
  }

  /** What the device shows: another file by now if the number was given to somebody else. */
  private String identity(Path device) throws IOException {
    try (Fd loop = syscalls.open(device)) {
      LoopStatus status = syscalls.loopStatus(loop);
      return status.device().major() + ":" + status.device().minor() + ":" + status.inode();
    } catch (KernelException free) {
      return "";
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a loop device", interrupted);
    }
  }
}
