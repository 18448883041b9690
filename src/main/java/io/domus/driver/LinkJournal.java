// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.plan.Step;
import io.domus.store.DomainRecord;
import io.domus.store.StepJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The journal of a change to the interfaces of a guest that runs. Whether the change was committed
 * is seen from the domain's record: its file is named after what that said before.
 *
 * @param kind what its steps are for
 * @param before a checksum of the interfaces before the change
 */
record LinkJournal(Path file, Kind kind, String before) {
  private static final String PREFIX = "interfaces.";

  /** What is to be done when whoever made the change has died over it. */
  enum Kind {
    /** Its steps take back a change that was not committed. */
    UNDO,
    /** Its steps bring a change to its end that was committed. */
    FINISH
  }

  static LinkJournal of(DomainPaths paths, Kind kind, DomainRecord record) {
    String before = checksum(record);
    return new LinkJournal(paths.run().resolve(PREFIX + kind.name() + "." + before), kind, before);
  }

  /** Those that nobody has finished. */
  private static List<LinkJournal> in(DomainPaths paths) throws IOException {
    if (!Files.isDirectory(paths.run())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(paths.run())) {
      return files.flatMap(file -> read(file).stream()).toList();
    }
  }

  private static Optional<LinkJournal> read(Path file) {
    String[] words = file.getFileName().toString().split("\\.", -1);
    return words.length == 3 && PREFIX.equals(words[0] + ".")
        ? Optional.of(new LinkJournal(file, Kind.valueOf(words[1]), words[2]))
        : Optional.empty();
  }

  /** Settles what somebody has left who died over it. The domain's lock is held. */
  static void settle(Driver driver, String name) throws IOException {
    for (LinkJournal journal : in(driver.layout().domain(name))) {
      Optional<DomainRecord> record = driver.statuses().read(name);
      // With the guest its devices have gone; what else there is, is on its record.
      if (record.filter(LiveState::guestAlive).isPresent() && journal.isToBeDone(record.get())) {
        journal.run(driver, name);
        new GuestLinks(driver).publish(name);
        driver.note(name, "recovered", "an interrupted change of interfaces was settled");
      }
      Files.deleteIfExists(journal.file);
    }
  }

  private boolean isToBeDone(DomainRecord record) {
    boolean committed = !before.equals(checksum(record));
    return committed == (kind == Kind.FINISH);
  }

  private void run(Driver driver, String name) throws IOException {
    List<Step> steps = StepJournal.undos(file);
    try {
      driver.machinery(NamespaceRunner.HERE).executor().runToTheEnd(steps);
    } catch (StepFailedException failure) {
      throw new IOException(
          "cannot settle an interrupted change of interfaces of domain '%s': %s"
              .formatted(name, failure.getMessage()),
          failure);
    }
  }

  private static String checksum(DomainRecord record) {
    CRC32 sum = new CRC32();
    sum.update(record.live().orElse("").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
