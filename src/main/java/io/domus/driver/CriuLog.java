// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.SavePaths;
import io.domus.tool.Criu;
import io.domus.tool.CriuError;
import io.domus.tool.CriuErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A log that CRIU has left. */
record CriuLog(Path file) {
  /** Empty if there is none. */
  String text() throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  /** Empty, or what CRIU was not told. */
  Optional<String> unread(Path image) throws IOException {
    Path options = SavePaths.configuration(image);
    return Criu.hasRead(options, text())
        ? Optional.empty()
        : Optional.of(
            "CRIU has not read '"
                + options.getFileName()
                + "': this runtime does not hand it CRIU_CONFIG_FILE (see "
                + file
                + ")");
  }

  Optional<CriuError> cause() throws IOException {
    return CriuErrors.cause(text());
  }

  /**
   * What has been said of a failure, and what CRIU said of it.
   *
   * @param inability is asked where CRIU's words are not understood
   */
  String explain(String failure, Inability inability) throws IOException {
    Optional<CriuError> cause = cause();
    if (cause.isEmpty()) {
      return failure + inability.text();
    }
    String more = cause.get().meaning().isPresent() ? "" : inability.text();
    String place = failure.contains(file.toString()) ? "" : " (see " + file + ")";
    return failure + ": " + cause.get().text() + more + place;
  }

  /** Says why CRIU does not work at all, if it does not. */
  @FunctionalInterface
  interface Inability {
    String text();
  }
}
