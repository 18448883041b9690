// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;

/**
 * Where the managed save image of a domain lies.
 *
 * @param saving while it is made
 * @param saved once it is whole
 * @param resuming while its guest is brought back; the image is used up
 * @param work of CRIU, which leaves its logs of the last dump and restore there
 */
public record SavePaths(Path saving, Path saved, Path resuming, Path work) {
  public static SavePaths of(DomainPaths paths) {
    Path directory = paths.variable();
    return new SavePaths(
        directory.resolve("saving"),
        directory.resolve("save"),
        directory.resolve("resuming"),
        paths.log().resolveSibling(paths.variable().getFileName() + ".checkpoint"));
  }

  /** CRIU's images. */
  public static Path images(Path image) {
    return image.resolve("images");
  }

  public Path log() {
    return work.resolve("dump.log");
  }

  public Path restoreLog() {
    return work.resolve("restore.log");
  }

  /** What the guest was started from. */
  public static Path definition(Path image) {
    return image.resolve("domain.xml");
  }

  /** What the dump was made with: {@link CriuOptions#lines}. */
  public static Path options(Path image) {
    return image.resolve("options");
  }

  /** What the guest is to be called, if it was dumped from another one. */
  public static Path hostname(Path image) {
    return image.resolve("hostname");
  }

  /** What CRIU was told beside the runtime's options; not always there. */
  public static Path configuration(Path image) {
    return image.resolve("criu.conf");
  }
}
