// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import io.domus.compiler.Attachment;
import io.domus.compiler.LinkFacts;
import io.domus.compiler.MissingLink;
import io.domus.compiler.VlanTags;
import io.domus.domain.IpAddress;
import io.domus.domain.NetworkForward;
import io.domus.domain.Vlan;
import io.domus.store.StateLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What there is for an interface, as words: the host's end, and {@code network}, {@code bridge} or
 * {@code macvlan=DEVICE:MODE}, {@code mtu}, {@code isolated}, {@code vlan}, {@code address}, {@code
 * gateway}, {@code server}, {@code domain}; what is not there as {@code missing}, {@code inactive},
 * {@code unknown} with {@code known}, {@code ignores}.
 */
final class LinkFactsText {
  private final List<String> words;

  private LinkFactsText(List<String> words) {
    this.words = words;
  }

  static LinkFacts parse(String text) {
    List<String> words = List.of(text.split(" ", -1));
    LinkFactsText facts = new LinkFactsText(words);
    return new LinkFacts(
        words.getFirst(),
        facts.first("network").map(facts::place),
        facts
            .first("missing")
            .map(what -> MissingLink.device(what.replace('_', ' ')))
            .or(() -> facts.first("inactive").map(MissingLink::inactive))
            .or(
                () ->
                    facts
                        .first("unknown")
                        .map(name -> MissingLink.unknown(name, facts.all("known"))))
            .or(
                () ->
                    facts
                        .first("ignores")
                        .flatMap(name -> MissingLink.tags(name, VlanTags.IGNORED))));
  }

  private LinkFacts.Place place(String network) {
    return new LinkFacts.Place(
        network,
        new StateLayout(Path.of("/")).network(network),
        first("bridge").<Attachment>map(Attachment.Bridge::new).orElseGet(this::macvlan),
        first("mtu").map(Integer::valueOf),
        words.contains("isolated"),
        first("vlan").map(LinkFactsText::vlan),
        Optional.empty(),
        Optional.empty(),
        all("address").stream().map(LinkFactsText::address).toList(),
        all("gateway").stream().map(LinkFactsText::ip).toList(),
        all("server").stream().map(LinkFactsText::ip).toList(),
        first("domain"));
  }

  private static Vlan vlan(String id) {
    return new Vlan(
        Optional.empty(), List.of(new Vlan.Tag(Integer.parseInt(id), Optional.empty())));
  }

  private Attachment macvlan() {
    String[] parts = first("macvlan").orElseThrow().split(":", 2);
    return new Attachment.Macvlan(
        parts[0], NetworkForward.Direct.Mode.valueOf(parts[1].toUpperCase(Locale.ROOT)));
  }

  private static LinkFacts.Address address(String text) {
    String[] parts = text.split("/", 2);
    return new LinkFacts.Address(ip(parts[0]), Integer.parseInt(parts[1]));
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  private List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith(name + "=")) {
        values.add(word.substring(name.length() + 1));
      }
    }
    return values;
  }
}
