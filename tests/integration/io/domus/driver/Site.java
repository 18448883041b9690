// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.kernel.Syscalls;
import io.domus.store.DomainRecord;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A place of a test's own on the testbed's disk: a root of state, a driver, room for trees. What
 * the test started ends with it, and then nothing of it may be left.
 */
final class Site implements BeforeEachCallback, AfterEachCallback {
  static final Syscalls SYSCALLS = new LinuxSyscalls();

  private static final Path CHECKOUT = Path.of(System.getProperty("domus.checkout"));
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final AtomicInteger files = new AtomicInteger();
  private Path directory;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    open(context.getRequiredTestClass().getSimpleName());
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    close();
  }

  Site open(String label) throws IOException {
    Reapers.keepIdle();
    directory = Path.of("/srv/it", label + "-" + COUNT.incrementAndGet());
    Files.createDirectories(directory.resolve("scratch"));
    Files.createDirectories(directory.resolve("home"));
    Files.createSymbolicLink(directory.resolve("home/conf"), CHECKOUT.resolve("conf"));
    Path launcher = directory.resolve("home/domus");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        echo "$$" >>'%s'
        exec '%s' "$@"
        """
            .formatted(launches(), CHECKOUT.resolve("domus")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  void close() throws Exception {
    Driver driver = driver();
    for (DomainView.Summary domain : new DomainView(driver).all()) {
      if (domain.condition().state().active()) {
        new DestroyOperation(driver).run(domain.name());
      }
    }
    Await.until(() -> "end of " + processes(), () -> processes().isEmpty());
    Await.until(() -> "end of " + Host.loops(directory), () -> Host.loops(directory).isEmpty());
    assertEquals(
        List.of(),
        Host.mounts().stream().filter(line -> line.contains(root().toString())).toList(),
        "mounts left");
    assertTrue(leases().isEmpty(), () -> "leases left: " + leases());
  }

  /** Everything of the test lies below. */
  Path directory() {
    return directory;
  }

  Path path(String relative) {
    return directory.resolve(relative);
  }

  /** The launcher's words for a command about this root. */
  String[] command(String... words) {
    List<String> argv = new ArrayList<>(List.of(CHECKOUT.resolve("domus").toString()));
    argv.addAll(List.of("-c", ConnectUri.embedded(root()).text()));
    argv.addAll(List.of(words));
    return argv.toArray(String[]::new);
  }

  /** The root of the state. */
  Path root() {
    return directory.resolve("root");
  }

  Path home() {
    return directory.resolve("home");
  }

  /** Where the launcher notes a line each time it is started. */
  Path launches() {
    return directory.resolve("launches");
  }

  StateLayout layout() {
    return new StateLayout(root());
  }

  Driver driver() {
    return driver(StepObserver.NONE);
  }

  Driver driver(StepObserver observer) {
    return driver(root(), observer);
  }

  /** For a second root of state in the same site. */
  Driver driver(Path root, StepObserver observer) {
    return new Driver(
        new StateLayout(root),
        SYSCALLS,
        new ProcessCommandRunner(directory.resolve("scratch")),
        home(),
        observer);
  }

  /** An empty directory. */
  Path empty(String relative) throws IOException {
    return Files.createDirectories(path(relative));
  }

  /** A new tree that a guest can run from. */
  Path tree(String relative) throws IOException {
    return GuestTree.make(path(relative));
  }

  void define(DomainXml xml) {
    new DefineOperation(driver()).run(xml.name() + ".xml", xml.bytes());
  }

  void start(String name) {
    new StartOperation(driver()).run(name);
  }

  /** Defines and starts. */
  void start(DomainXml xml) {
    define(xml);
    start(xml.name());
  }

  void destroy(String name) {
    new DestroyOperation(driver()).run(name);
  }

  /** What {@code domstate --reason} prints. */
  String state(String name) {
    return new DomainView(driver()).one(name).condition().toString();
  }

  DomainRecord record(String name) {
    return new DomainView(driver()).record(name).orElseThrow();
  }

  int init(String name) {
    return record(name).init().orElseThrow().pid();
  }

  /** The guest's root as the guest has it. */
  Path guest(String name, String path) {
    return Path.of("/proc/" + init(name) + "/root/." + path);
  }

  Ran exec(String name, String... command) throws IOException {
    return exec(
        name,
        new ExecOperation.Request(
            List.of(command), false, Optional.empty(), List.of(), Optional.empty()),
        Path.of("/dev/null"));
  }

  Ran exec(String name, ExecOperation.Request request, Path stdin) throws IOException {
    Path scratch = Files.createDirectories(path("scratch/exec" + files.incrementAndGet()));
    Driver driver = driver();
    CapturingRunner runner = new CapturingRunner(driver.runner(), scratch, stdin);
    int exit =
        new ExecOperation(
                new Driver(
                    driver.layout(), driver.syscalls(), runner, driver.home(), driver.observer()))
            .run(name, request);
    return new Ran(exit, runner.stdout(), runner.stderr());
  }

  /** The output of a command that must succeed and print no error. */
  String output(String name, String... command) throws IOException {
    Ran ran = exec(name, command);
    assertEquals("0 ", ran.exit() + " " + ran.stderr(), () -> String.join(" ", command));
    return ran.stdout();
  }

  List<String> processes() {
    return Host.processes(directory + "/");
  }

  List<Path> leases() {
    try (var all = Files.list(layout().leases())) {
      return all.filter(file -> file.getFileName().toString().startsWith(layout().id() + ":"))
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
