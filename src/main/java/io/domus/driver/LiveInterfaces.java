// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.GuestLink;
import io.domus.compiler.HostFacts;
import io.domus.compiler.LinkResolver;
import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.NetInterface;
import io.domus.xml.DomainReader;
import io.domus.xml.DomainWriter;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The interfaces that a guest has, with all that was chosen for them. */
final class LiveInterfaces {
  private LiveInterfaces() {}

  /** A definition with what was chosen when its guest was started; empty without interfaces. */
  static Optional<String> text(DomainDef domain, HostFacts facts) {
    return domain.interfaces().isEmpty()
        ? Optional.empty()
        : Optional.of(DomainWriter.write(complete(domain, facts)));
  }

  /** The same, written by another thread while the guest is made. */
  static CompletableFuture<Optional<String>> written(DomainDef domain, HostFacts facts) {
    if (domain.interfaces().isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return CompletableFuture.supplyAsync(
        () -> text(domain, facts), work -> Thread.ofPlatform().daemon().name("live").start(work));
  }

  private static DomainDef complete(DomainDef declared, HostFacts facts) {
    DomainDef domain = GuestMac.complete(declared);
    List<GuestLink> links = LinkResolver.resolve(domain, facts);
    List<NetInterface> interfaces = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      interfaces.add(named(each, links.get(interfaces.size())));
    }
    return domain.withInterfaces(interfaces);
  }

  /** One with the names that its ends have. */
  static NetInterface named(NetInterface each, GuestLink link) {
    return each.withDevices(
        link.attachment().hasHostEnd() ? Optional.of(link.device()) : each.target(),
        Optional.of(link.guest()));
  }

  /** What the guest of an image is to be brought back from. */
  static String source(Definition definition) {
    String text = new String(definition.bytes(), StandardCharsets.UTF_8);
    // One that had interfaces, and has none any more, is not to be brought back with them.
    return definition.domain().interfaces().isEmpty() && !text.contains("<interface")
        ? text
        : DomainWriter.write(definition.domain());
  }

  /** A definition with the interfaces of such a text. */
  static DomainDef of(DomainDef domain, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return domain.withInterfaces(
        new DomainReader().read(XmlSource.of("live", bytes)).orThrow().interfaces());
  }
}
