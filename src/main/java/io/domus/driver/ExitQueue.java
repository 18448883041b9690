// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.ToolFacts;
import io.domus.domain.DomainPaths;
import io.domus.domain.OperationFailedException;
import io.domus.store.AtomicFile;
import io.domus.store.DomainRecord;
import io.domus.store.StatusStore;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one process does for all: clearing up after guests that have ended, and restarts that must
 * wait. An entry is a file, named after the domain; that of a restart holds the record of the run
 * before.
 */
final class ExitQueue {
  /** No name of a domain begins with it. */
  private static final String RESTART = "@";

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Driver driver;
  private final Path directory;

  ExitQueue(Driver driver) {
    this.driver = driver;
    this.directory = driver.layout().exitQueue();
  }

  /**
   * Something to do.
   *
   * @param restart the record of the run before, empty if the guest has just ended
   */
  record Entry(String domain, Optional<DomainRecord> restart) {}

  /** All entries; one that cannot be read any more is none. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(RESTART)) {
          restart(file)
              .ifPresent(before -> entries.add(new Entry(name.substring(1), Optional.of(before))));
        } else if (!name.startsWith(".")) {
          entries.add(new Entry(name, Optional.empty()));
        }
      }
      return entries;
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read " + directory + ": " + failure.getMessage(), failure);
    }
  }

  /** Empty if somebody has just taken the note away. */
  private static Optional<DomainRecord> restart(Path file) throws IOException {
    try {
      return Optional.of(StatusStore.parse(Files.readString(file)));
    } catch (NoSuchFileException cancelled) {
      return Optional.empty();
    }
  }

  /** Its end has been dealt with; a restart stays due. */
  void forget(String domain) throws IOException {
    Files.deleteIfExists(directory.resolve(domain));
  }

  void remove(Entry entry) {
    try {
      forget(entry.domain());
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  private Path ticket(String domain) {
    return directory.resolve(RESTART + domain);
  }

  /** Notes that a domain is to be restarted once its pause is over. */
  void add(String domain, DomainRecord before) throws IOException {
    Files.createDirectories(directory);
    AtomicFile.write(ticket(domain), StatusStore.text(before));
  }

  /** Takes such a note away; false if there was none, or somebody else took it. */
  boolean cancel(String domain) throws IOException {
    return Files.deleteIfExists(ticket(domain));
  }

  /** Whether there is such a note. */
  boolean isDue(String domain) {
    return Files.exists(ticket(domain));
  }

  /** Unless such a note has been taken away meanwhile. */
  void wakeIfDue(String domain) {
    if (isDue(domain)) {
      wake(domain);
    }
  }

  /** Starts the process that sees to the entries: whoever saw a guest's end need not wait. */
  void wake(String domain) {
    DomainPaths paths = driver.layout().domain(domain);
    String entry = RESTART + domain;
    ToolFacts tools = HostTools.facts(driver);
    List<String> argv =
        new ArrayList<>(List.of(tools.exitScript().toString(), paths.run().toString(), entry));
    argv.addAll(tools.launcher());
    try {
      CommandResult result = driver.runner().run(Command.of(argv), LIMIT);
      if (!result.succeeded()) {
        throw new IOException(result.complaint());
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot restart domain '" + domain + "' later: " + failure.getMessage(), failure);
    }
  }
}
