// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the restore of a guest must know of its image.
 *
 * @param options what the dump was made with
 * @param cgroup that its processes were in, if that is known
 * @param hostname what the guest is to be called from now on, if it is another one's
 * @param nameFiles the guest's files about names that were mounted, which it must find again; empty
 *     if that is not known
 */
public record SavedGuest(
    CriuOptions options,
    Optional<String> cgroup,
    Optional<String> hostname,
    Optional<List<String>> nameFiles) {
  public SavedGuest {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(cgroup, "cgroup");
    Objects.requireNonNull(hostname, "hostname");
    nameFiles = nameFiles.map(List::copyOf);
  }

  /** Begins the line that says so among {@link CriuOptions#lines}. */
  public static final String CGROUP = "cgroup-root ";

  /** Begins the line that names {@link #nameFiles}, a blank before each. */
  public static final String NAME_FILES = "name-files";

  /** Of the lines of an image: what is known of it, but for the name. */
  public static SavedGuest parse(List<String> lines, Optional<String> hostname) {
    return new SavedGuest(
        CriuOptions.parse(lines),
        CriuOptions.value(lines, CGROUP),
        hostname,
        CriuOptions.value(lines, NAME_FILES)
            .map(paths -> Stream.of(paths.split(" ", -1)).filter(p -> !p.isEmpty()).toList()));
  }

  /** The lines that are not about how the dump was made, and hold for whoever comes of it. */
  public static List<String> facts(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(CGROUP) || line.startsWith(NAME_FILES))
        .toList();
  }

  /** The line among these that says that the guest was paused, and is to be so again. */
  public static final String PAUSED = "paused";

  /** With more options. */
  public SavedGuest and(CriuOptions more) {
    return new SavedGuest(options.and(more), cgroup, hostname, nameFiles);
  }
}
