// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Autostart;
import io.domus.driver.Autostarter;
import io.domus.driver.Autostopper;
import io.domus.driver.BatchOutcome;
import io.domus.driver.BatchRequest;
import io.domus.driver.StartOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@code -a} adds to the verbs that take domains: all of those that start with the host. */
final class AllDomains {
  private static final String FLAGGED = "-a";
  private static final String ALL = "--all";
  private static final String GROUP = "--group";
  private static final String IGNORE = "--ignore-groups";
  private static final String LIST = "--list";
  private static final String PARALLEL = "--parallel";

  private final Session session;
  private final Arguments arguments;

  AllDomains(Session session, Arguments arguments) {
    this.session = session;
    this.arguments = arguments;
  }

  static Syntax add(Syntax syntax) {
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
        .domainsOrNone();
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
            Stream.of(ALL, IGNORE, LIST).filter(arguments::flag),
            Stream.of(GROUP, PARALLEL).filter(option -> arguments.value(option, null) != null))
        .findFirst()
        .ifPresent(
            option -> {
              throw arguments.fault(option + " needs -a");
            });
    if (!names) {
      throw arguments.fault("Missing required parameter: 'NAME', or -a for all");
    }
    return false;
  }

  private BatchRequest request() {
    int parallel =
        arguments.value(PARALLEL, Math.max(2, 2 * Runtime.getRuntime().availableProcessors()));
    if (parallel < 1) {
      throw arguments.fault(PARALLEL + " must be 1 or more");
    }
    return new BatchRequest(
        arguments.flag(ALL),
        arguments.text(GROUP).map(text -> Arrays.asList(text.split(",", -1))).orElse(List.of()),
        parallel);
  }

  /** {@code start -a}. */
  int start() {
    return run(
        "start", false, request -> new Autostarter(session.driver()).run(request, this::tell));
  }

  /** {@code shutdown -a} and {@code destroy -a}. */
  int stop(String verb, Autostopper.Way way) {
    return run(
        verb, true, request -> new Autostopper(session.driver()).run(request, way, this::tell));
  }

  private interface Batch {
    List<BatchOutcome> run(BatchRequest request) throws InterruptedException;
  }

  private int run(String verb, boolean reverse, Batch batch) {
    BatchRequest request = request();
    if (arguments.flag(LIST) || arguments.dryRun()) {
      List<StartOrder.Planned> order = StartOrder.of(session.driver(), request).planned();
      list(reverse ? order.reversed() : order);
      return Action.OK;
    }
    session.requireRoot(verb);
    try {
      return report(batch.run(request));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return Action.FAILED;
    }
  }

  private void list(List<StartOrder.Planned> order) {
    Table table = new Table("Step", "Name", "Priority", "Wait", "Ready", "Groups", "After");
    for (StartOrder.Planned each : order) {
      Autostart autostart = each.autostart();
      table.row(
          Integer.toString(each.rank() + 1),
          each.name(),
          Integer.toString(autostart.priority()),
          autostart.time().toSeconds() + " s",
          autostart.ready().map(AllDomains::ready).orElse("running"),
          words(autostart.groups()),
          words(autostart.after()));
    }
    session.out().print(table);
  }

  private static String ready(Autostart.Ready ready) {
    return ready.type()
        + ready.value().map(value -> " " + value).orElse("")
        + ", "
        + ready.timeout().toSeconds()
        + " s";
  }

  private static String words(List<String> names) {
    return names.isEmpty() ? "-" : String.join(", ", names);
  }

  private void tell(BatchOutcome outcome) {
    if (outcome.result() == BatchOutcome.Result.FAILED) {
      session.err().println("error: domain '" + outcome.name() + "': " + outcome.detail());
    } else if (outcome.result() != BatchOutcome.Result.RUNNING_ALREADY
        && outcome.result() != BatchOutcome.Result.OFF_ALREADY) {
      session.say("Domain '" + outcome.name() + "' " + outcome.result().text());
    }
  }

  private int report(List<BatchOutcome> outcomes) {
    Table table = new Table("Name", "Result", "Time");
    List<BatchOutcome> failed = new ArrayList<>();
    for (BatchOutcome outcome : outcomes) {
      table.row(outcome.name(), outcome.result().text(), seconds(outcome.took()));
      if (outcome.result() == BatchOutcome.Result.FAILED) {
        failed.add(outcome);
      }
    }
    session.say("");
    session.say(table.toString().stripTrailing());
    if (failed.isEmpty()) {
      return Action.OK;
    }
    return failed.size() == outcomes.size() ? Action.FAILED : Action.PARTLY_FAILED;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
