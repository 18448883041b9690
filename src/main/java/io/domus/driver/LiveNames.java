// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.GuestLink;
import io.domus.compiler.NameFiles;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files by which a guest that runs knows names, when its interfaces change. What the guest has
 * written there itself stays.
 */
final class LiveNames {
  private final DomainPaths paths;
  private final List<String> ours = new ArrayList<>();

  private LiveNames(DomainPaths paths) {
    this.paths = paths;
  }

  /** Looks which of them still are as they were written for the interfaces before. */
  static LiveNames of(DomainPaths paths, DomainDef before, List<GuestLink> links)
      throws IOException {
    LiveNames names = new LiveNames(paths);
    for (String path : GuestFileProbe.mounted(paths)) {
      String text = Files.readString(NameFiles.file(paths, path), StandardCharsets.UTF_8);
      if (text.equals(NameFiles.text(path, before, links))) {
        names.ours.add(path);
      }
    }
    return names;
  }

  /** Writes them for the interfaces that there are now. */
  void write(DomainDef after, List<GuestLink> links) throws IOException {
    for (String path : ours) {
      String text = NameFiles.text(path, after, links);
      overwrite(NameFiles.file(paths, path), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The very file is mounted in the guest; who reads it meanwhile never finds it empty. */
  private static void overwrite(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.truncate(bytes.length);
    }
  }
}
