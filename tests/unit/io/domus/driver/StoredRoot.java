// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.kernel.ProcessFacts;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.store.DomainRecord;
import io.domus.store.LayerStore;
import io.domus.store.ProcessId;
import io.domus.store.StateLayout;
import io.domus.store.StoredLayer;
import io.domus.store.UpperRecord;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A root of state with domains of a test's own, of which none is ever started. */
record StoredRoot(Path directory) {
  private static final Syscalls SYSCALLS = new LinuxSyscalls();

  StateLayout layout() {
    return new StateLayout(directory.resolve("root"));
  }

  Driver driver() {
    return driver(StepObserver.NONE);
  }

  Driver driver(StepObserver observer) {
    return new Driver(layout(), SYSCALLS, new ProcessCommandRunner(directory), directory, observer);
  }

  Path path(String relative) {
    return directory.resolve(relative);
  }

  Path empty(String relative) throws IOException {
    return Files.createDirectories(path(relative));
  }

  static String text(String name, String... devices) {
    return """
    <domain type='lxc'>
      <name>%s</name>
      <memory>65536</memory>
      <os><type>exe</type><init>/init</init></os>
      <devices>%s</devices>
    </domain>
    """
        .formatted(name, String.join("", devices));
  }

  void define(String name, String... devices) {
    new DefineOperation(driver()).run(name + ".xml", text(name, devices).getBytes(UTF_8));
  }

  /** Past the time in which a file could be written again without looking different. */
  void age(String name) throws IOException {
    Files.setLastModifiedTime(
        layout().definition(name), FileTime.from(Instant.now().minusSeconds(10)));
  }

  /** A guest's root that is a directory of the host. */
  String root(String directory, String... more) {
    return mount(directory, "/", more);
  }

  String mount(String source, String target, String... more) {
    return "<filesystem><source dir='%s'/><target dir='%s'/>%s</filesystem>"
        .formatted(path(source), target, String.join("", more));
  }

  /** An overlay on two directories below {@code place}, which are made. */
  String overlay(String place, String... layers) throws IOException {
    empty(place + "/upper");
    empty(place + "/work");
    return ("<filesystem type='overlay'><source dir='%s/upper'/><source dir='%s/work'/>%s"
            + "<target dir='/'/></filesystem>")
        .formatted(path(place), path(place), String.join("", layers));
  }

  String layer(String directory) {
    return "<backingStore type='dir'><source dir='%s'/></backingStore>".formatted(path(directory));
  }

  String image(String file, String format, String target, String... more) {
    return ("<filesystem type='file'><driver type='%s' format='%s'/><source file='%s'/>"
            + "<target dir='%s'/>%s</filesystem>")
        .formatted(
            format.equals("raw") ? "loop" : "nbd",
            format,
            path(file),
            target,
            String.join("", more));
  }

  /** Makes what an upper directory holds a layer beneath it, as a clone does. */
  SealedLayer seal(String domain, String id, Path upper) throws IOException {
    Path content = LayerStore.content(layout(), id);
    Files.createDirectories(content.getParent());
    SealedLayer layer = new SealedLayer(id, content);
    Files.writeString(
        LayerStore.description(layout(), id),
        new StoredLayer(layer, domain, Instant.parse("2026-11-29T12:00:00Z")).json());
    UpperLayers before = driver().layers().beneath(upper);
    Files.move(upper, content);
    Files.createDirectory(upper);
    record(upper, before.under(layer, UpperLayers.Marks.NONE));
    return layer;
  }

  void record(Path upper, UpperLayers layers) throws IOException {
    Stat stat = SYSCALLS.stat(upper);
    Path file = LayerStore.record(layout(), upper);
    Files.createDirectories(file.getParent());
    Files.writeString(file, new UpperRecord(upper, stat.inode(), stat.birth(), layers).json());
  }

  /** Records this very process as the guest of a domain. */
  void startRunning(String name, String text, boolean transientDomain) throws IOException {
    int pid = (int) ProcessHandle.current().pid();
    ProcessFacts self = ProcessFacts.of(pid).orElseThrow();
    startRunning(name, text, transientDomain, new ProcessId(pid, self.startTime(), self.bootId()));
  }

  void startRunning(String name, String text, boolean transientDomain, ProcessId init)
      throws IOException {
    driver()
        .statuses()
        .write(
            name,
            new DomainRecord(
                Condition.of(DomainState.RUNNING),
                transientDomain,
                Base64.getEncoder().encodeToString(text.getBytes(UTF_8)),
                Optional.of(init),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(Instant.EPOCH),
                "",
                0));
  }
}
