// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkView;
import java.io.IOException;

final class NetInfoCommand implements Action {
  private static final int LABEL = 16;

  @Override
  public Syntax syntax() {
    return Syntax.of("net-info", "Show what is known of a network.").output().network();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.findNetwork(arguments.one(0));
    NetworkView.Summary network = new NetworkView(session.driver()).one(name);
    if (arguments.json()) {
      session.out().print(Json.render(NetListCommand.entry(network)));
      return OK;
    }
    StringBuilder text = new StringBuilder();
    line(text, "Name", network.name());
    line(text, "UUID", network.uuid().map(Object::toString).orElse("-"));
    String trouble = network.trouble().map(lost -> " (" + lost + ")").orElse("");
    line(text, "Active", NetListCommand.yes(network.active()) + trouble);
    line(text, "Persistent", NetListCommand.yes(network.persistent()));
    line(text, "Autostart", NetListCommand.yes(network.autostart()));
    network.bridge().ifPresent(bridge -> line(text, "Bridge", bridge));
    session.out().print(text);
    return OK;
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append(label).append(':').append(" ".repeat(LABEL - 1 - label.length()));
    text.append(value).append('\n');
  }
}
