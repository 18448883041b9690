// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import io.domus.domain.Condition;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainState;
import io.domus.domain.NetworkDef;
import io.domus.picture.DomainPicture;
import io.domus.picture.HostDot;
import io.domus.picture.HostGraph;
import io.domus.picture.HostText;
import io.domus.picture.KnownDomain;
import io.domus.picture.KnownNetwork;
import io.domus.picture.Port;
import io.domus.xml.DomainReader;
import io.domus.xml.NetworkReader;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory of {@code tests/golden/pictures}: a domain, or the domains of a host, with networks
 * and the list of what runs, and how they are drawn.
 */
record PictureCase(Path directory) {
  static final Set<String> INPUTS = Set.of("domain.xml", "domains", "networks", "running");

  String name() {
    return directory.getFileName().toString();
  }

  /** File names with what should be in them. */
  Map<String, String> outputs() throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    Path definition = directory.resolve("domain.xml");
    if (Files.exists(definition)) {
      outputs.put("domain.svg", DomainPicture.of(domain(definition), networks()).svg());
      return outputs;
    }
    HostGraph graph = new HostGraph(networks(), domains());
    outputs.put("host.svg", graph.svg());
    outputs.put("host.dot", HostDot.render(graph));
    outputs.put("host.txt", HostText.render(graph));
    return outputs;
  }

  private boolean runs(String what) throws IOException {
    Path running = directory.resolve("running");
    return Files.exists(running) && Files.readAllLines(running).contains(what);
  }

  private List<KnownNetwork> networks() throws IOException {
    List<KnownNetwork> networks = new ArrayList<>();
    for (Path file : list("networks")) {
      NetworkDef network = new NetworkReader().read(source(file)).orThrow();
      boolean active = runs("network " + network.name());
      networks.add(
          new KnownNetwork(network.name(), Optional.of(network), active, Optional.empty()));
    }
    return networks;
  }

  private List<KnownDomain> domains() throws IOException {
    List<KnownDomain> domains = new ArrayList<>();
    for (Path file : list("domains")) {
      DomainDef domain = domain(file);
      boolean active = runs("domain " + domain.name());
      Condition condition = Condition.of(active ? DomainState.RUNNING : DomainState.SHUT_OFF);
      domains.add(new KnownDomain(domain.name(), condition, Port.of(domain), Optional.empty()));
    }
    return domains;
  }

  private List<Path> list(String below) throws IOException {
    if (!Files.isDirectory(directory.resolve(below))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory.resolve(below))) {
      return files.sorted().toList();
    }
  }

  private static DomainDef domain(Path file) throws IOException {
    return new DomainReader().read(source(file)).orThrow();
  }

  private static XmlSource source(Path file) throws IOException {
    return XmlSource.of(file.getFileName().toString(), Files.readAllBytes(file));
  }
}
