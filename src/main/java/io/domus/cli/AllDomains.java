// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.Autorebooter;
import io.domus.driver.Autostarter;
import io.domus.driver.Autostopper;
import io.domus.driver.BatchOutcome;
import io.domus.driver.BatchRequest;
import io.domus.driver.HostStart;
import io.domus.driver.HostStop;
import io.domus.driver.StartOrder;
import io.domus.driver.StartTimeline;
import io.domus.driver.StopTimeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What {@code -a} adds to the verbs that take domains: all of those that start with the host. */
final class AllDomains {
  static final String FLAGGED = "-a";
  private static final String ALL = "--all";
  private static final String GROUP = "--group";
  private static final String IGNORE = "--ignore-groups";
  private static final String BOOT = "--boot";
  private static final String LIST = "--list";
  private static final String PARALLEL = "--parallel";
  private static final String OUTPUT = "--output";

  private final Session session;
  private final Arguments arguments;

  AllDomains(Session session, Arguments arguments) {
    this.session = session;
    this.arguments = arguments;
  }

  static Syntax add(Syntax syntax) {
    return common(syntax).domainsOrNone();
  }

  /** The same for verbs that a boot service uses. */
  static Syntax addBoot(Syntax syntax, String boot) {
    return common(syntax.flag(boot, BOOT)).domainsOrNone();
  }

  private static Syntax common(Syntax syntax) {
    return syntax
        .flag("All domains that start with the host, in their order.", FLAGGED)
        .flag("With -a: whether they start with the host or not.", ALL)
        .value(
            "GROUPS",
            "With -a: those of these groups, one after the other: g1,g2; an empty one is for"
                + " domains of no group.",
            GROUP)
        .flag("With -a: whatever their groups, which is the default.", IGNORE)
        .count("N", "With -a: so many at a time.", PARALLEL)
        .flag("With -a: print the order and the waits, and do nothing.", LIST)
        .output();
  }

  /**
   * Whether the arguments ask for this.
   *
   * @throws picocli.CommandLine.ParameterException if they do not fit each other
   */
  boolean isMeant() {
    boolean names = !arguments.from(0).isEmpty();
    if (arguments.flag(FLAGGED)) {
      if (names) {
        throw arguments.fault("-a and names exclude each other");
      }
      if (arguments.flag(IGNORE) && arguments.text(GROUP).isPresent()) {
        throw arguments.fault(IGNORE + " and " + GROUP + " exclude each other");
      }
      return true;
    }
    Stream.concat(
            Stream.of(ALL, IGNORE, LIST, BOOT).filter(arguments::flag),
            Stream.of(GROUP, PARALLEL, OUTPUT)
                .filter(option -> arguments.value(option, null) != null))
        .findFirst()
        .ifPresent(
            option -> {
              throw arguments.fault(option + " needs -a");
            });
    if (!names) {
      throw arguments.fault("missing required parameter: 'NAME', or -a for all");
    }
    return false;
  }

  private BatchRequest request() throws IOException {
    if (arguments.flag(LIST) || arguments.dryRun()) {
      session.driver().checkSettings();
    }
    Integer parallel = arguments.value(PARALLEL, null);
    if (parallel != null && parallel < 1) {
      throw arguments.fault(PARALLEL + " must be 1 or more");
    }
    List<String> groups =
        arguments
            .text(GROUP)
            .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
            .orElse(List.of());
    warn(groups);
    return new BatchRequest(
        arguments.flag(ALL),
        groups,
        parallel == null ? OptionalInt.empty() : OptionalInt.of(parallel));
  }

  private void warn(List<String> groups) {
    // With the host others may start or stop than those that are marked.
    boolean unmarked = arguments.flag(ALL) || arguments.flag(BOOT);
    if (groups.isEmpty() && (unmarked || StartOrder.isAnyMarked(session.driver()))) {
      return;
    }
    new GroupWarnings(StartOrder.autostarts(session.driver()), unmarked)
        .of(groups)
        .forEach(warning -> session.err().println("warning: " + warning));
  }

  /** {@code start -a}. */
  int start() throws IOException {
    BatchRequest request = request();
    if (arguments.flag(LIST) || arguments.dryRun()) {
      StartOrder order =
          arguments.flag(BOOT)
              ? new HostStart(session.driver()).rehearse(request)
              : StartOrder.of(session.driver(), request);
      OrderTable table = new OrderTable(session, arguments.json());
      if (arguments.flag(LIST)) {
        table.order(order.planned(), order.never());
      } else {
        table.timeline(
            order.planned(),
            StartTimeline.of(order, request.parallel(session.driver())),
            order.never());
      }
      return Action.OK;
    }
    session.warnOfLimits();
    if (arguments.flag(BOOT)) {
      session.requireRoot("start");
      return new HostBatches(session, arguments.json()).start(request);
    }
    return run("start", told -> new Autostarter(session.driver()).run(request, told));
  }

  /** {@code shutdown -a}. */
  int shutdown(Optional<Duration> limit) throws IOException {
    if (arguments.flag(BOOT)) {
      BatchRequest request = request();
      HostStop stop = new HostStop(session.driver().forgiving(session.err()::println));
      if (arguments.flag(LIST) || arguments.dryRun()) {
        return rehearseStop(stop.rehearse(request), request, stop.way(limit));
      }
      return run("shutdown", told -> stop.run(request, limit, told));
    }
    return stop("shutdown", new Autostopper.Way.Ask(limit));
  }

  /** {@code destroy -a}, too. */
  int stop(String verb, Autostopper.Way way) throws IOException {
    BatchRequest request = request();
    if (arguments.flag(LIST) || arguments.dryRun()) {
      return rehearseStop(StartOrder.withTransient(session.driver(), request), request, way);
    }
    return run(verb, told -> new Autostopper(session.driver()).run(request, way, told));
  }

  /** {@code reboot -a}. */
  int reboot(Optional<Duration> limit) throws IOException {
    BatchRequest request = request();
    Autostopper.Way way = new Autostopper.Way.Ask(limit);
    if (arguments.flag(LIST)) {
      new OrderTable(session, arguments.json())
          .order(StartOrder.of(session.driver(), request).planned());
      return Action.OK;
    }
    if (arguments.dryRun()) {
      return rehearseStop(StartOrder.of(session.driver(), request), request, way);
    }
    return run("reboot", told -> new Autorebooter(session.driver()).run(request, way, told));
  }

  private int rehearseStop(StartOrder order, BatchRequest request, Autostopper.Way way)
      throws IOException {
    OrderTable table = new OrderTable(session, arguments.json());
    if (arguments.flag(LIST)) {
      table.order(order.planned().reversed());
    } else {
      int parallel = request.parallel(session.driver());
      table.timeline(StopTimeline.of(session.driver(), order, parallel, way));
    }
    return Action.OK;
  }

  private interface Batch {
    List<BatchOutcome> run(Consumer<BatchOutcome> told);
  }

  private int run(String verb, Batch batch) throws IOException {
    session.requireRoot(verb);
    BatchReport report = new BatchReport(session.streams(), session.quiet(), arguments.json());
    try (InterruptSignals signals = InterruptSignals.watch(Thread.currentThread())) {
      int status = report.end(batch.run(report::tell));
      return signals.status().orElse(status);
    }
  }
}
