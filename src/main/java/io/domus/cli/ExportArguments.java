// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.archive.Compression;
import io.domus.archive.Manifest;
import io.domus.driver.ExportOperation;
import io.domus.store.StoredSnapshot;
import java.io.IOException;

/** How an archive is to be. */
final class ExportArguments {
  private ExportArguments() {}

  static Syntax add(Syntax syntax) {
    return syntax
        .choice(
            Compression.class,
            "METHOD",
            "Compress the archive by zstd, which is the default, gzip, or none.",
            "--compress")
        .flag(
            "Put all that the guest sees into the archive, not only what it wrote.", "--with-base");
  }

  static void write(Session session, Arguments arguments, StoredSnapshot snapshot, ArchiveFile file)
      throws IOException {
    ExportOperation.Request request =
        new ExportOperation.Request(
            VersionCommand.domus(),
            arguments.value("--compress", Compression.ZSTD),
            arguments.flag("--with-base"));
    Manifest[] written = new Manifest[1];
    file.write(
        session,
        out ->
            written[0] =
                new ExportOperation(session.driver()).run(snapshot, request, out, _ -> {}));
    if (!file.isPipe()) {
      session.say(
          "  exported to %s: %d files%s"
              .formatted(
                  file.name(),
                  written[0].entries().size(),
                  file.size().map(bytes -> ", " + HumanSize.of(bytes)).orElse("")));
    }
  }
}
