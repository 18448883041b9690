// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.plan.Step;
import io.domus.tool.CommandRunner;
import io.domus.tool.FirstLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Starts the monitor and hears from it whether the container is made. */
public final class MonitorInterpreter {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CommandRunner runner;
  private final MonitorCgroup home;

  public MonitorInterpreter(CommandRunner runner, MonitorCgroup home) {
    this.runner = runner;
    this.home = home;
  }

  void start(Step.StartMonitor step) throws IOException {
    long self = ProcessHandle.current().pid();
    FirstLine report =
        runner.startReadingFirstLine(
            step.command().withEnv("DOMUS_PARENT", Long.toString(self)), LIMIT);
    if (report.line().isEmpty()) {
      throw new IOException(silence(report.stderr()));
    }
    Map<String, Object> answer = JSON.std.mapFrom(report.line());
    if (answer.get("data") instanceof Number pid && pid.intValue() > 0) {
      // Now, while the container waits for its start: later either may have ended already.
      ProcessInterpreter.identify(step.created());
      ProcessInterpreter.identify(step.monitor());
      home.adopt(step.monitor());
      return;
    }
    throw new IOException(
        answer.get("message") instanceof String message
            ? message.strip()
            : "the runtime failed without a word: " + report.line());
  }

  private static String silence(String complaint) {
    return complaint.isBlank()
        ? "the monitor ended without a report"
        : complaint.strip().lines().reduce((first, last) -> last).orElseThrow();
  }
}
