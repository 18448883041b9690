// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.OperationFailedException;
import io.domus.driver.ConnectUri;
import io.domus.driver.DomainLookup;
import io.domus.driver.Driver;
import io.domus.driver.NetworkLookup;
import io.domus.executor.CopyProgress;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What all commands share. Nothing is opened or looked up before a command asks for it. */
final class Session {
  private final Streams streams;
  private final Map<String, String> environment;
  private final Path home;
  private final ConnectUri uri;
  private final boolean quiet;
  private Driver driver;
  private LazyCommandRunner runner;

  /**
   * @param home where Domus itself lies
   */
  Session(Streams streams, Map<String, String> environment, Path home, Arguments global) {
    this.streams = streams;
    this.environment = environment;
    this.home = home;
    this.uri = uri(global, environment);
    this.quiet = global.flag("--quiet");
  }

  private Session(
      Streams streams,
      Map<String, String> environment,
      Path home,
      ConnectUri uri,
      boolean quiet,
      Driver driver) {
    this.streams = streams;
    this.environment = environment;
    this.home = home;
    this.uri = uri;
    this.quiet = quiet;
    this.driver = driver;
  }

  private static ConnectUri uri(Arguments global, Map<String, String> environment) {
    String text = global.value("--connect", environment.getOrDefault("DOMUS_URI", ""));
    ConnectUri uri = text.isEmpty() ? ConnectUri.SYSTEM : new ConnectUri(text);
    try {
      uri.root();
    } catch (OperationFailedException wrong) {
      throw global.fault(wrong.getMessage());
    }
    return uri;
  }

  /** The root of state that the user chose. */
  Driver driver() {
    if (driver == null) {
      StateLayout layout = new StateLayout(uri.root());
      runner = new LazyCommandRunner(layout.root());
      CopyProgress progress = ProgressLine.on(err());
      driver =
          new Driver(
              layout,
              new LinuxSyscalls(),
              runner,
              home,
              StepObserver.NONE,
              progress,
              (domain, hook, phase, why) ->
                  err()
                      .println(
                          "warning: hook %s failed at '%s' of domain '%s': %s"
                              .formatted(hook, phase.text(), domain, why)));
    }
    return driver;
  }

  /** Whether a program may run on that was started for this command. */
  boolean leavesProgram() {
    return runner != null && runner.leavesProgram();
  }

  /** The name of the domain that a name, uuid or id on the command line means. */
  String find(String text) {
    return new DomainLookup(driver()).name(text);
  }

  /** The name of the network that a name or uuid means. */
  String findNetwork(String text) {
    return new NetworkLookup(driver()).name(text);
  }

  /** The same without confirmations: stdout is for something else. */
  Session silent() {
    return new Session(streams, environment, home, uri, true, driver());
  }

  /** Prints a confirmation. */
  void say(String text) {
    if (!quiet) {
      streams.out().println(text);
    }
  }

  boolean quiet() {
    return quiet;
  }

  Streams streams() {
    return streams;
  }

  PrintStream out() {
    return streams.out();
  }

  PrintStream err() {
    return streams.err();
  }

  ErrorPrinter errors() {
    return new ErrorPrinter(streams.err(), environment);
  }

  Map<String, String> environment() {
    return environment;
  }

  Path home() {
    return home;
  }

  /** For what mounts or signals: nobody else may. */
  void requireRoot(String verb) {
    if (!isRoot()) {
      throw new OperationFailedException("'domus " + verb + "' must be run as root");
    }
  }

  /** For what changes files of the system's own root of state. */
  void requireWriter(String verb) {
    if (driver().layout().root().getNameCount() == 0 && !isRoot()) {
      throw new OperationFailedException(
          "'domus " + verb + "' on " + ConnectUri.SYSTEM.text() + " must be run as root");
    }
  }

  static boolean isRoot() {
    try {
      // The owner of a process's directory is its effective user.
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException noProc) {
      return false;
    }
  }
}
