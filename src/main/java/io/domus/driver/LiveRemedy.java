// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import java.nio.file.Files;

/** What helps who would clone a domain that runs. */
final class LiveRemedy {
  private LiveRemedy() {}

  /**
   * Whether all that the guest writes to can be copied while it runs: not what is in an image, or
   * in memory.
   */
  static boolean helps(DomainDef running) {
    return running.filesystems().stream().allMatch(LiveRemedy::isCopied);
  }

  private static boolean isCopied(Filesystem filesystem) {
    return switch (filesystem) {
      case Filesystem.Image _, Filesystem.Block _ -> filesystem.place().readonly();
      case Filesystem.Ram ram -> !ram.target().isRoot();
      case Filesystem.Overlay overlay ->
          overlay.chain().upper().stream().allMatch(upper -> Files.isDirectory(upper.directory()));
      case Filesystem.Mount _, Filesystem.Bind _ -> true;
    };
  }
}
