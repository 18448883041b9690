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
  private final Session session;
  private final boolean json;

  BatchReport(Session session, boolean json) {
    this.session = session;
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
      session.err().println("error: " + about + why);
    } else if (!json && isNews(outcome)) {
      session.say("Domain '" + outcome.name() + "' " + outcome.result().text());
    }
  }

  private static boolean isNews(BatchOutcome outcome) {
    return outcome.result() != BatchOutcome.Result.RUNNING_ALREADY
        && outcome.result() != BatchOutcome.Result.OFF_ALREADY;
  }

  /** Returns the exit status. */
  int end(List<BatchOutcome> outcomes) throws IOException {
    if (json) {
      session.out().print(Json.render(outcomes.stream().map(BatchReport::entry).toList()));
    } else {
      table(outcomes);
    }
    long failed = outcomes.stream().filter(BatchOutcome::failed).count();
    if (failed == 0) {
      return Action.OK;
    }
    return failed == outcomes.size() ? Action.FAILED : Action.PARTLY_FAILED;
  }

  private void table(List<BatchOutcome> outcomes) {
    Table table = new Table("Name", "Result", "Time", "Why");
    for (BatchOutcome outcome : outcomes) {
      table.row(
          outcome.name(),
          outcome.result().text(),
          String.format(Locale.ROOT, "%.1f s", seconds(outcome.took())),
          outcome.detail().lines().findFirst().orElse(""));
    }
    session.say("");
    session.say(table.toString().stripTrailing());
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
