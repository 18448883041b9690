// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

final class NetEventCommand implements Action {
  private static final String LIFECYCLE = "lifecycle";

  @Override
  public Syntax syntax() {
    return Syntax.of("net-event", "Wait for something to happen to networks, and print it.")
        .value("NETWORK", "Only what happens to this one.", "--network")
        .value("EVENT", "The kind of event: lifecycle, which is the only one.", "--event")
        .flag("Go on until interrupted.", "--loop")
        .count("SECONDS", "Give up after this time.", "--timeout")
        .flag("Print the time of each event.", "--timestamp")
        .flag("Print the kinds of events, and wait for none.", "--list");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    if (arguments.flag("--list")) {
      session.out().println(LIFECYCLE);
      return OK;
    }
    if (!arguments.value("--event", LIFECYCLE).equals(LIFECYCLE)) {
      throw arguments.fault("there is no event '" + arguments.value("--event", "") + "'");
    }
    Optional<String> only = arguments.text("--network").map(session::findNetwork);
    Optional<Duration> limit =
        Optional.ofNullable(arguments.<Integer>value("--timeout", null)).map(Duration::ofSeconds);
    boolean loop = arguments.flag("--loop");
    int received =
        new NetworkEvents(session.driver())
            .follow(
                limit,
                event -> {
                  if (only.isPresent() && !only.get().equals(event.network())) {
                    return true;
                  }
                  String time = arguments.flag("--timestamp") ? event.time() + ": " : "";
                  session
                      .out()
                      .println(
                          "%sevent 'lifecycle' for network %s: %s"
                              .formatted(time, event.network(), title(event.event())));
                  session.out().flush();
                  return loop;
                });
    session.say(
        (loop || received > 0 ? "" : "event loop timed out\n") + "events received: " + received);
    return loop || received > 0 ? OK : FAILED;
  }

  private static String title(String event) {
    return Character.toUpperCase(event.charAt(0)) + event.substring(1);
  }
}
