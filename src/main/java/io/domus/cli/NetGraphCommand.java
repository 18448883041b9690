// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.PictureView;
import io.domus.picture.HostDot;
import io.domus.picture.HostGraph;
import io.domus.picture.HostText;
import io.domus.picture.HostTree;
import java.io.IOException;

final class NetGraphCommand implements Action {
  /** How the networks are shown. */
  enum Format {
    TEXT,
    JSON,
    SVG,
    DOT
  }

  @Override
  public Syntax syntax() {
    return Syntax.of("net-graph", "Show which domains are joined to which networks.")
        .choice(
            Format.class,
            "FORMAT",
            "Print text, json, an svg picture, or dot for Graphviz.",
            "--format",
            "-o",
            "--output")
        .footer(
            "Shows all networks and domains, also those that do not run, with the ports they"
                + " publish and the ways to the outside. The picture is one file of its own:"
                + " domus net-graph --format svg > networks.svg");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    HostGraph graph = new PictureView(session.driver()).host();
    session
        .out()
        .print(
            switch (arguments.value("--format", Format.TEXT)) {
              case TEXT -> HostText.render(graph);
              case JSON -> Json.render(HostTree.of(graph));
              case SVG -> graph.svg();
              case DOT -> HostDot.render(graph);
            });
    return OK;
  }
}
