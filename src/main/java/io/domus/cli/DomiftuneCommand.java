// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.domain.NetInterface;
import io.domus.domain.Rate;
import io.domus.driver.InterfaceChangeOperation;
import io.domus.driver.InterfaceView;
import io.domus.xml.InterfaceEdit;
import java.util.Optional;

final class DomiftuneCommand implements Action {
  private static final String INBOUND = "--inbound";
  private static final String OUTBOUND = "--outbound";

  @Override
  public Syntax syntax() {
    return InterfaceScope.options(Syntax.of("domiftune", "Print or set limits of an interface."))
        .value("RATE", "What the guest is sent: AVERAGE[,PEAK[,BURST]].", INBOUND)
        .value("RATE", "What it sends, likewise.", OUTBOUND)
        .domain()
        .one("INTERFACE", "The name of a device, or a MAC address.")
        .footer(
            "Rates are in KiB/s, bursts in KiB; 0 is no limit of its own. Of a guest that runs the"
                + " limits of its port group are shown where it has none of its own.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    Optional<String> inbound = arguments.text(INBOUND);
    Optional<String> outbound = arguments.text(OUTBOUND);
    if (inbound.isEmpty() && outbound.isEmpty()) {
      print(session, arguments);
      return OK;
    }
    String meant = InterfaceScope.meant(session, arguments);
    InterfaceScope.run(session, arguments, "domiftune", domain -> change(domain, meant, arguments));
    return OK;
  }

  private static InterfaceEdit.Change change(DomainDef domain, String meant, Arguments arguments) {
    int index = InterfaceChangeOperation.find(domain, meant);
    NetInterface each = domain.interfaces().get(index);
    NetInterface tuned =
        each.withLimits(
            arguments
                .text(INBOUND)
                .map(text -> RateText.parse(arguments, INBOUND, text))
                .orElse(each.inbound()),
            arguments
                .text(OUTBOUND)
                .map(text -> RateText.parse(arguments, OUTBOUND, text))
                .orElse(each.outbound()));
    return new InterfaceEdit.Change.Child(
        index,
        "bandwidth",
        Optional.of(InterfaceEdit.bandwidth(tuned)).filter(text -> !text.isEmpty()));
  }

  private static void print(Session session, Arguments arguments) {
    String name = session.find(arguments.one(0));
    boolean inactive = !InterfaceScope.of(session, arguments, name).live();
    NetInterface each =
        new InterfaceView(session.driver()).limited(name, arguments.one(1), inactive);
    print(session, "inbound", each.inbound());
    session.out().println();
    print(session, "outbound", each.outbound());
  }

  private static void print(Session session, String direction, Optional<Rate> rate) {
    line(session, direction + ".average", rate.map(Rate::average));
    line(session, direction + ".peak", rate.flatMap(Rate::peak));
    if (direction.equals("inbound")) {
      line(session, direction + ".floor", rate.flatMap(Rate::floor));
    }
    line(session, direction + ".burst", rate.flatMap(Rate::burst));
  }

  private static void line(Session session, String name, Optional<Long> value) {
    session.out().println("%-15s: %d".formatted(name, value.orElse(0L)));
  }
}
