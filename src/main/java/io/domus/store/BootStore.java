// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a start of the host has to know: which domains are to be started once, which ran when it
 * went down, and whether this has been done since the machine came up.
 */
public final class BootStore {
  private final StateLayout layout;

  public BootStore(StateLayout layout) {
    this.layout = layout;
  }

  /** Whether the next start of the host starts a domain, whatever its definition says. */
  public boolean once(String name) {
    return Files.exists(layout.once(name));
  }

  public SortedSet<String> once() throws IOException {
    return names(layout.once(""));
  }

  public void setOnce(String name, boolean now) throws IOException {
    if (now) {
      AtomicFile.write(layout.once(name), "");
    } else {
      AtomicFile.delete(layout.once(name));
    }
  }

  /** Notes that a domain runs; what the power is cut right after may be lost. */
  public void noteRunning(String name) throws IOException {
    Files.createDirectories(layout.running(name).getParent());
    Files.write(layout.running(name), new byte[0]);
  }

  public void noteEnded(String name) throws IOException {
    Files.deleteIfExists(layout.running(name));
  }

  /**
   * Which domains ran when the host went down, by what was written then, or else by what was noted
   * while they ran; empty if nothing is known.
   */
  public Optional<SortedSet<String>> ran() throws IOException {
    try {
      return Optional.of(new TreeSet<>(Files.readAllLines(layout.lastState())));
    } catch (NoSuchFileException cut) {
      SortedSet<String> noted = names(layout.running(""));
      return noted.isEmpty() ? Optional.empty() : Optional.of(noted);
    }
  }

  /** The host is going down, and these run. */
  public void writeRan(Collection<String> names) throws IOException {
    AtomicFile.write(layout.lastState(), String.join("\n", new TreeSet<>(names)));
  }

  /** What ran by then is history. */
  public void forgetRan() throws IOException {
    AtomicFile.delete(layout.lastState());
  }

  /**
   * What has come of the start of the host so far.
   *
   * @param bootId of the machine: what was noted under another one is void
   */
  public Progress progress(String bootId) throws IOException {
    try {
      String[] words = Files.readString(layout.booted()).strip().split(" ", 2);
      return words.length == 2 && words[0].equals(bootId)
          ? Progress.valueOf(words[1])
          : Progress.NONE;
    } catch (NoSuchFileException | IllegalArgumentException none) {
      return Progress.NONE;
    }
  }

  public void note(String bootId, Progress progress) throws IOException {
    AtomicFile.write(layout.booted(), bootId + " " + progress + "\n");
  }

  /** How far it is. */
  public enum Progress {
    NONE,
    /** Whoever was at it may have died. */
    BEGUN,
    DONE
  }

  private static SortedSet<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return new TreeSet<>();
    }
    try (Stream<Path> files = Files.list(directory)) {
      TreeSet<String> names = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .forEach(names::add);
      return names;
    }
  }
}
