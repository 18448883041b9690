// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.driver.DomainEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

final class EventCommand implements Action {
  private static final String LIFECYCLE = "lifecycle";

  @Override
  public Syntax syntax() {
    return Syntax.of("event", "Wait for something to happen to domains, and print it.")
        .value("NAME", "Only what happens to this domain.", "--domain")
        .value("EVENT", "The kind of event; lifecycle unless given.", "--event")
        .flag("Events of every kind.", "--all")
        .flag("Go on until interrupted.", "--loop")
        .count("SECONDS", "Give up after this time.", "--timeout")
        .flag("Print the time of each event.", "--timestamp")
        .flag("Print the kinds of events, and wait for none.", "--list")
        .output()
        .footer(
            "lifecycle: Defined, Undefined, Started, Suspended, Resumed and Stopped, each with"
                + " what led to it, as virsh says it. With -o json a line each: time, domain, uuid,"
                + " event, detail; of a guest that has ended, reason and its exit or signal.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    if (arguments.flag("--list")) {
      session.out().println(LIFECYCLE);
      DomainEvents.OTHERS.forEach(session.out()::println);
      return OK;
    }
    String kind = kind(arguments);
    Optional<String> only = arguments.text("--domain").map(session::find);
    Optional<Duration> limit =
        Optional.ofNullable(arguments.<Integer>value("--timeout", null)).map(Duration::ofSeconds);
    Printer printer = new Printer(session, arguments, kind, only);
    boolean interrupted;
    try (InterruptSignals signals = InterruptSignals.watch(Thread.currentThread())) {
      new DomainEvents(session.driver()).follow(limit, printer);
      interrupted = signals.status().isPresent();
    }
    boolean enough = printer.received > 0 && !arguments.flag("--loop");
    if (!arguments.json()) {
      String why = interrupted ? "event loop interrupted\n" : "event loop timed out\n";
      session.say((enough ? "" : why) + "events received: " + printer.received);
    }
    return printer.received > 0 || interrupted && arguments.flag("--loop") ? OK : FAILED;
  }

  private static String kind(Arguments arguments) {
    Optional<String> asked = arguments.text("--event");
    if (asked.isPresent() && arguments.flag("--all")) {
      throw arguments.fault("--event and --all exclude each other");
    }
    String kind = asked.orElse(LIFECYCLE);
    if (!kind.equals(LIFECYCLE) && !DomainEvents.OTHERS.contains(kind)) {
      throw arguments.fault("there is no event '" + kind + "'; --list prints those there are");
    }
    return kind;
  }

  /** Prints what is asked for, and counts it. */
  private static final class Printer implements DomainEvents.Listener {
    private final Session session;
    private final Arguments arguments;
    private final String kind;
    private final Optional<String> only;
    private int received;

    Printer(Session session, Arguments arguments, String kind, Optional<String> only) {
      this.session = session;
      this.arguments = arguments;
      this.kind = kind;
      this.only = only;
    }

    @Override
    public boolean tell(DomainEvents.Event event) {
      boolean asked = event.lifecycle() ? kind.equals(LIFECYCLE) : kind.equals(event.event());
      boolean wanted = asked || arguments.flag("--all");
      if (!wanted || only.isPresent() && !only.get().equals(event.domain())) {
        return true;
      }
      received++;
      session.out().println(arguments.json() ? json(event) : text(event));
      // Whoever has read enough is not waited for.
      return !session.out().checkError() && arguments.flag("--loop");
    }

    private String text(DomainEvents.Event event) {
      String time = arguments.flag("--timestamp") ? event.time() + ": " : "";
      String what = event.lifecycle() ? turn(event) : event.detail();
      return "%sevent '%s' for domain '%s'%s"
          .formatted(
              time,
              event.lifecycle() ? LIFECYCLE : event.event(),
              event.domain(),
              what.isEmpty() ? "" : ": " + what);
    }

    private static String turn(DomainEvents.Event event) {
      Optional<String> ended =
          event
              .exit()
              .map(status -> "exited " + status)
              .or(() -> event.signal().map(number -> "signal " + number));
      String more =
          event
              .reason()
              .map(
                  reason ->
                      ended.isPresent() && !reason.equals(ended.get())
                          ? reason + ", " + ended.get()
                          : reason)
              .or(() -> ended)
              .map(text -> " (" + text + ")")
              .orElse("");
      return title(event.event()) + " " + title(event.detail()) + more;
    }

    private static String title(String word) {
      return word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String json(DomainEvents.Event event) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("time", event.time());
      line.put("domain", event.domain());
      line.put("uuid", event.uuid().orElse(null));
      line.put("event", event.event());
      line.put("detail", event.detail());
      event.reason().ifPresent(reason -> line.put("reason", reason));
      event.exit().ifPresent(exit -> line.put("exit", exit));
      event.signal().ifPresent(signal -> line.put("signal", signal));
      try {
        return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(line);
      } catch (IOException impossible) {
        throw new java.io.UncheckedIOException(impossible);
      }
    }
  }
}
