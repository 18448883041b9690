// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.BatchOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what becomes of many domains: of each at once, and of all in a table. */
final class BatchReport {
  private final Streams streams;
  private final boolean quiet;
  private final boolean json;

  /**
   * @param json whether the table is for programs, and nothing else is printed but failures
   */
  BatchReport(Streams streams, boolean quiet, boolean json) {
    this.streams = streams;
    this.quiet = quiet;
    this.json = json;
  }

  void tell(BatchOutcome outcome) {
    if (outcome.failed()) {
      String why = outcome.detail();
      // What a verb has refused says itself what it was about.
      String about =
          why.contains("'" + outcome.name() + "'")
              ? ""
              : "domain '%s' %s: ".formatted(outcome.name(), outcome.result().text());
      streams.err().println("error: " + about + why);
    } else if (!quiet && !json && isNews(outcome)) {
      streams.out().println("Domain '" + outcome.name() + "' " + outcome.result().text());
      // Others may take a while yet.
      streams.out().flush();
    }
  }

  private static boolean isNews(BatchOutcome outcome) {
    return outcome.result() != BatchOutcome.Result.RUNNING_ALREADY
        && outcome.result() != BatchOutcome.Result.OFF_ALREADY;
  }

  /** Returns the exit status. */
  int end(List<BatchOutcome> outcomes) throws IOException {
    if (json) {
      streams.out().print(Json.render(outcomes.stream().map(BatchReport::entry).toList()));
    } else if (!quiet && outcomes.isEmpty()) {
      streams.out().println("nothing was done: no domain is selected");
    } else if (!quiet) {
      streams.out().print("\n" + table(outcomes));
    }
    long failed = outcomes.stream().filter(BatchOutcome::failed).count();
    if (failed == 0) {
      return Action.OK;
    }
    return failed == outcomes.size() ? Action.FAILED : Action.PARTLY_FAILED;
  }

  private static Table table(List<BatchOutcome> outcomes) {
    Table table = new Table("Name", "Result", "Time", "Why");
    for (BatchOutcome outcome : outcomes) {
      table.row(
          outcome.name(),
          outcome.result().text(),
          String.format(Locale.ROOT, "%.1f s", seconds(outcome.took())),
          outcome.detail().lines().findFirst().orElse(""));
    }
    return table;
  }

  private static Map<String, Object> entry(BatchOutcome outcome) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", outcome.name());
    entry.put("result", outcome.result().text());
    entry.put("failed", outcome.failed());
    entry.put("why", outcome.detail().isEmpty() ? null : outcome.detail());
    entry.put("seconds", seconds(outcome.took()));
    return entry;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
