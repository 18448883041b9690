// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.HostSide;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import io.domus.domain.Rate;
import io.domus.xml.InterfaceEdit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

final class AttachInterfaceCommand implements Action {
  @Override
  public Syntax syntax() {
    return InterfaceScope.options(
            Syntax.of("attach-interface", "Connect a domain to one network more."))
        .value("NAME", "How the host is to call its end.", "--target")
        .value("MAC", "The hardware address of the guest's end.", "--mac")
        .value("RATE", "What it is sent at most: AVERAGE[,PEAK[,BURST]].", "--inbound")
        .value("RATE", "What it sends at most, likewise.", "--outbound")
        .flag("Print the element, and do nothing.", "--print-xml")
        .domain()
        .one("TYPE", "network, bridge, direct, ethernet or user.")
        .optional("SOURCE", "The network, bridge or device; a user's needs none.")
        .footer(
            "Rates are in KiB/s, bursts in KiB. The guest gets a device that is up, with an address"
                + " of the network.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String xml = InterfaceEdit.text(wanted(arguments));
    if (arguments.flag("--print-xml")) {
      session.out().println(xml);
      return OK;
    }
    InterfaceScope.run(
        session, arguments, "attach-interface", _ -> new InterfaceEdit.Change.Add(xml));
    session.say("Interface attached successfully");
    return OK;
  }

  private static NetInterface wanted(Arguments arguments) {
    String type = arguments.one(1);
    String source = source(arguments, type);
    Map<String, String> attributes =
        switch (type) {
          case "network", "bridge" -> Map.of(type, source);
          case "direct" -> Map.of("dev", source, "mode", "bridge");
          case "ethernet" -> Map.of();
          case "user" -> source.equals("-") ? Map.of() : Map.of("dev", source);
          default ->
              throw arguments.fault("there is no interface type '" + type + "' for containers");
        };
    Optional<String> target =
        arguments
            .text("--target")
            .or(() -> Optional.of(source).filter(_ -> type.equals("ethernet")));
    return new NetInterface(
        type,
        arguments.text("--mac").map(mac -> mac.toLowerCase(Locale.ROOT)),
        attributes,
        target,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        rate(arguments, "--inbound"),
        rate(arguments, "--outbound"),
        List.of(),
        HostSide.PLAIN,
        Origin.NONE);
  }

  /** {@code -} is none. */
  private static String source(Arguments arguments, String type) {
    Optional<String> source = arguments.optional(2);
    if (source.isEmpty() && !type.equals("user")) {
      throw arguments.fault(
          "missing required parameter: 'SOURCE', which type '" + type + "' needs");
    }
    return source.orElse("-");
  }

  private static Optional<Rate> rate(Arguments arguments, String option) {
    return arguments.text(option).flatMap(text -> RateText.parse(arguments, option, text));
  }
}
