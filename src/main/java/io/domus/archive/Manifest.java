// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What an archive says of itself: of what it is, with what it was made, and what is in it.
 *
 * @param format of the archive; others than {@link #FORMAT} are refused
 * @param memory whether processes are in it, which only the same bases can take up again
 * @param tools versions by name, in the order in which they are shown: {@code domus}, {@code criu},
 *     {@code runtime}, {@code kernel}, {@code architecture}
 * @param criuOptions that the processes were saved with
 * @param entries all files of the archive but the manifest, in the order in which they come
 */
public record Manifest(
    int format,
    String domain,
    UUID uuid,
    Instant created,
    boolean memory,
    SequencedMap<String, String> tools,
    List<Part> filesystems,
    List<String> criuOptions,
    List<Entry> entries) {
  public static final int FORMAT = 1;

  /**
   * A filesystem of the domain that has an upper directory.
   *
   * @param target its path in the guest
   * @param upper as the definition names it
   * @param delta the entry with what was written; empty if nothing of it is in the archive
   * @param bases what the upper lies upon, topmost first
   */
  public record Part(String target, String upper, Optional<String> delta, List<Base> bases) {
    public Part {
      Objects.requireNonNull(upper, "upper");
      Objects.requireNonNull(delta, "delta");
      bases = List.copyOf(bases);
      require(target.startsWith("/"), "a filesystem's target is not absolute: " + target);
    }
  }

  /**
   * What was beneath an upper directory.
   *
   * @param path where it was
   * @param fingerprint as {@link BaseFingerprint#text}
   */
  public record Base(String path, String fingerprint) {
    public Base {
      Objects.requireNonNull(path, "path");
      new BaseFingerprint(fingerprint);
    }
  }

  /**
   * A file of the archive.
   *
   * @param name relative, its parts separated by slashes
   * @param size in bytes
   * @param sha256 in lower case hexadecimal digits
   */
  public record Entry(String name, long size, String sha256) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public Entry {
      require(EntryName.isSafe(name), "not a name that an archive may hold: " + name);
      require(size >= 0, "the size of " + name + " is negative");
      require(DIGEST.matcher(sha256).matches(), "the digest of " + name + " is none");
    }
  }

  public Manifest {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(created, "created");
    tools = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tools));
    filesystems = List.copyOf(filesystems);
    criuOptions = List.copyOf(criuOptions);
    entries = List.copyOf(entries);
    require(
        format == FORMAT, "it has format " + format + ", and only " + FORMAT + " is understood");
    require(!domain.isEmpty(), "it names no domain");
    Set<String> names = new HashSet<>(Set.of(CheckpointArchive.MANIFEST));
    for (Entry entry : entries) {
      require(names.add(entry.name()), "it lists " + entry.name() + " twice, or itself");
    }
    for (Entry entry : entries) {
      String above = entry.name();
      while (above.contains("/")) {
        above = above.substring(0, above.lastIndexOf('/'));
        require(!names.contains(above), "it lists " + above + " as a file and as a directory");
      }
    }
    for (Part part : filesystems) {
      require(
          entries.isEmpty() || part.delta().stream().allMatch(names::contains),
          "it lists no entry for what was written to " + part.target());
    }
  }

  /** Of what will have entries. */
  public Manifest(
      String domain,
      UUID uuid,
      Instant created,
      boolean memory,
      Map<String, String> tools,
      List<Part> filesystems,
      List<String> criuOptions) {
    this(
        FORMAT,
        domain,
        uuid,
        created,
        memory,
        new LinkedHashMap<>(tools),
        filesystems,
        criuOptions,
        List.of());
  }

  public Manifest withEntries(List<Entry> others) {
    return new Manifest(
        format, domain, uuid, created, memory, tools, filesystems, criuOptions, others);
  }

  /** How many bytes all entries have together. */
  public long size() {
    return entries.stream().mapToLong(Entry::size).reduce(0, Math::addExact);
  }

  public String json() throws IOException {
    return ManifestJson.write(this);
  }

  /** Reads what {@link #json} writes; whatever else it finds is a failure that says what. */
  public static Manifest parse(String text) throws IOException {
    return ManifestJson.read(text);
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
