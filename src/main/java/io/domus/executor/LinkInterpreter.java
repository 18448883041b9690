// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.NamespaceThread;
import io.domus.plan.NetworkStep;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.Ip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Network devices, and the settings of the kernel's network. */
public final class LinkInterpreter {
  private static final Path DEVICES = Path.of("/sys/class/net");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final CommandRunner runner;
  private final NamespaceThread threads;

  public LinkInterpreter(CommandRunner runner, NamespaceThread threads) {
    this.runner = runner;
    this.threads = threads;
  }

  /** Whoever has the same name but another address is somebody else's. */
  void remove(NetworkStep.RemoveBridge step) throws IOException {
    if (!isOurs(step)) {
      return;
    }
    CommandResult result = runner.run(Ip.delete(step.device()), LIMIT);
    if (!result.succeeded() && isOurs(step)) {
      throw new IOException(result.complaint());
    }
  }

  private static boolean isOurs(NetworkStep.RemoveBridge step) throws IOException {
    Path device = DEVICES.resolve(step.device());
    try {
      String address = Files.readString(device.resolve("address")).strip();
      return Files.isDirectory(device.resolve("bridge")) && address.equals(step.mac());
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** One that died of itself meanwhile, as its guest's end does with the guest, is no failure. */
  void remove(NetworkStep.RemoveLinks step) throws IOException {
    for (NetworkStep.RemoveLinks.End end : step.ends()) {
      if (has(end)) {
        CommandResult result = runner.run(Ip.delete(end.device()), LIMIT);
        if (!result.succeeded() && has(end)) {
          throw new IOException(result.complaint());
        }
      }
    }
  }

  private static boolean has(NetworkStep.RemoveLinks.End end) {
    try {
      Path address = DEVICES.resolve(end.device()).resolve("address");
      return Files.readString(address).strip().equals(end.mac());
    } catch (IOException gone) {
      return false;
    }
  }

  void name(NetworkStep.NameNamespace step) throws IOException {
    int pid = ProcessInterpreter.pid(step.pidFile());
    Files.deleteIfExists(step.link());
    Files.createSymbolicLink(step.link(), Path.of("/proc", Integer.toString(pid), "ns/net"));
  }

  /** A setting that is gone, with its device or with IPv6, is of no use any more either. */
  void set(NetworkStep.SetKernelValue step) throws IOException {
    if (step.tolerant() && !Files.exists(step.file())) {
      return;
    }
    Files.writeString(step.file(), step.value() + "\n");
  }

  /** What is below {@code /proc/sys/net} is that of the network of the thread that opens it. */
  void set(NetworkStep.SetGuestValue step) throws IOException {
    threads.inNetwork(
        step.namespace(),
        () -> {
          for (Path file : step.files()) {
            if (Files.exists(file)) {
              Files.writeString(file, step.value() + "\n");
            }
          }
          return null;
        });
  }
}
