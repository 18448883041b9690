// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.nio.file.Path;

/** How faults are printed. */
enum ReportFormat {
  TEXT,
  JSON,
  JUNIT,
  SARIF,
  GITHUB;

  boolean showsKinds() {
    return switch (this) {
      case JSON, JUNIT -> true;
      case TEXT, SARIF, GITHUB -> false;
    };
  }

  /**
   * @param strict whether a warning is as bad as an error
   */
  Report open(Session session, boolean strict) {
    return switch (this) {
      case TEXT -> new TextReport(session);
      case JSON -> new JsonReport(session.out());
      case JUNIT -> new JunitReport(session.out());
      case SARIF ->
          new SarifReport(
              session.out(), new ArtifactUri(Path.of("").toAbsolutePath()), session.home(), strict);
      case GITHUB -> new GithubReport(session.out(), strict);
    };
  }
}
