// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.driver.ConnectUri;
import io.domus.driver.DomainLookup;
import io.domus.driver.Driver;
import io.domus.driver.NetworkLookup;
import io.domus.driver.SessionProbe;
import io.domus.executor.CopyProgress;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import io.domus.store.StateRoot;
import io.domus.tool.CommandRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What all commands share. Nothing is opened or looked up before a command asks for it. */
final class Session {
  /** The launcher says by these that it is in the session's namespaces, or why it is not. */
  private static final String ENTERED = "DOMUS_SESSION";

  private static final String LACK = "DOMUS_SESSION_LACK";

  static final String LINKS = "networks and interfaces are links and rules of the host";
  static final String PROCESSES = "CRIU dumps and restores processes for root only";

  private final Streams streams;
  private final Map<String, String> environment;
  private final Path home;
  private final ConnectUri uri;

  /** Whether somebody said so. */
  private final boolean chosen;

  private final boolean quiet;
  private final UnaryOperator<CommandRunner> programs;
  private Driver driver;
  private LazyCommandRunner runner;

  /**
   * @param home where Domus itself lies
   * @param programs makes of what runs programs what is to run them
   */
  Session(
      Streams streams,
      Map<String, String> environment,
      Path home,
      UnaryOperator<CommandRunner> programs,
      Arguments global) {
    this.streams = streams;
    this.environment = environment;
    this.home = home;
    this.programs = programs;
    this.uri = uri(global, environment);
    this.chosen = !text(global, environment).isEmpty();
    this.quiet = global.flag("--quiet");
  }

  private Session(
      Streams streams,
      Map<String, String> environment,
      Path home,
      ConnectUri uri,
      boolean chosen,
      boolean quiet,
      Driver driver) {
    this.streams = streams;
    this.environment = environment;
    this.home = home;
    this.uri = uri;
    this.chosen = chosen;
    this.quiet = quiet;
    this.programs = UnaryOperator.identity();
    this.driver = driver;
  }

  private static String text(Arguments global, Map<String, String> environment) {
    return global.value("--connect", environment.getOrDefault("DOMUS_URI", ""));
  }

  private static ConnectUri uri(Arguments global, Map<String, String> environment) {
    String text = text(global, environment);
    ConnectUri uri = text.isEmpty() ? ConnectUri.SYSTEM : new ConnectUri(text);
    try {
      uri.home(environment, uid());
    } catch (OperationFailedException wrong) {
      throw global.fault(wrong.getMessage());
    }
    if (uri.isSession() && isRoot() && !environment.containsKey(ENTERED)) {
      throw global.fault(uri.text() + " is an ordinary user's; root has lxc:///system");
    }
    return uri;
  }

  /** The root of state that the user chose. */
  Driver driver() {
    if (driver == null) {
      StateLayout layout = new StateLayout(uri.home(environment, uid()));
      runner = new LazyCommandRunner(anchor(layout), layout.scratch());
      CopyProgress progress = ProgressLine.on(err());
      driver =
          new Driver(
              layout,
              new LinuxSyscalls(),
              programs.apply(runner),
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

  /** Whoever may write here may change the state. */
  private static Path anchor(StateLayout layout) {
    return layout.isSession() ? layout.home().run().getParent() : layout.root();
  }

  /** Why nothing can be mounted in this user's session; empty if it can, or it is none. */
  Optional<String> sessionLack() {
    return uri.isSession() && !environment.containsKey(ENTERED)
        ? Optional.of(
            environment.getOrDefault(LACK, "it is entered by the launcher, the program 'domus'"))
        : Optional.empty();
  }

  /** Whether it is that of an ordinary user. */
  boolean isOrdinary() {
    return uri.isSession();
  }

  /** Tells what guests of an ordinary user's session have to do without. */
  void warnOfLimits() {
    if (uri.isSession()) {
      SessionProbe.facts().warning().ifPresent(text -> err().println("warning: " + text));
    }
  }

  /** The name of the domain that a name, uuid or id on the command line means. */
  String find(String text) {
    try {
      return new DomainLookup(driver()).name(text);
    } catch (NoSuchDomainException missing) {
      if (isUnasked() && isOwn(text)) {
        throw NoSuchDomainException.elsewhere(text, StateRoot.Session.URI, missing);
      }
      throw missing;
    }
  }

  /** Whether a user who has come to root's domains has one of that name. */
  private boolean isOwn(String name) {
    try {
      StateLayout own = new StateLayout(StateRoot.Session.of(environment, uid()));
      return DomainDef.isName(name) && Files.exists(own.definition(name));
    } catch (OperationFailedException homeless) {
      return false;
    }
  }

  /** The name of the network that a name or uuid means. */
  String findNetwork(String text) {
    return new NetworkLookup(driver()).name(text);
  }

  /** The same without confirmations: stdout is for something else. */
  Session silent() {
    return new Session(streams, environment, home, uri, chosen, true, driver());
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

  /** For what mounts or signals: nobody else may, but for users in their sessions. */
  void requireRoot(String verb) {
    if (sessionLack().isPresent()) {
      throw new OperationFailedException("cannot enter " + uri.text() + ": " + sessionLack().get());
    }
    if (!isRoot()) {
      throw new OperationFailedException("'domus " + verb + "' must be run as root" + own(verb));
    }
  }

  /** What an ordinary user has instead; empty where that is known, or is of no use. */
  private String own(String verb) {
    boolean network = verb.startsWith("net-");
    return isUnasked() && !network
        ? "; your own domains are in %s: 'domus -c %s %s'"
            .formatted(StateRoot.Session.URI, StateRoot.Session.URI, verb)
        : "";
  }

  /** Whether somebody who is not root has come to root's domains. */
  private boolean isUnasked() {
    return driver().layout().isSystem() && !isRoot();
  }

  /** Tells an ordinary user who sees no domain whose are not there. */
  void tellOfOwn() {
    if (isUnasked() && !chosen && !quiet) {
      err()
          .println(
              "these are root's domains, of %s; your own are in %s: 'domus -c %s list'"
                  .formatted(
                      ConnectUri.SYSTEM.text(), StateRoot.Session.URI, StateRoot.Session.URI));
    }
  }

  /**
   * For what a user namespace gives no right to.
   *
   * @param why says what root has
   */
  void requirePrivilege(String verb, String why) {
    if (uri.isSession()) {
      throw new ConfigUnsupportedException(
          "'domus "
              + verb
              + "' needs root on the host, and works on lxc:///system or lxc:///embed only: "
              + why);
    }
    if (!isRoot()) {
      throw new OperationFailedException("'domus " + verb + "' must be run as root");
    }
  }

  /** For what changes files of the system's own root of state. */
  void requireWriter(String verb) {
    if (driver().layout().isSystem() && !isRoot()) {
      throw new OperationFailedException(
          "'domus %s' on %s must be run as root%s"
              .formatted(verb, ConnectUri.SYSTEM.text(), own(verb)));
    }
    if (uri.isSession() && !Files.isWritable(anchor(driver().layout()))) {
      throw new OperationFailedException(
          "cannot change " + uri.text() + ": " + sessionLack().orElse("no runtime directory"));
    }
  }

  static boolean isRoot() {
    return uid() == 0;
  }

  /** The effective user; -1 without {@code /proc}. */
  private static long uid() {
    try {
      // The owner of a process's directory.
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException noProc) {
      return -1;
    }
  }
}
