// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether two elements of networks mean the same, however they write it. */
final class SameElement {
  private SameElement() {}

  /**
   * Whether one says the same as another of those attributes that the other has; of one at least.
   */
  static boolean agrees(DocumentTree.Node each, DocumentTree.Node other, List<String> attributes) {
    List<String> given =
        attributes.stream().filter(name -> other.attribute(name).isPresent()).toList();
    return !given.isEmpty() && given.stream().allMatch(name -> agrees(each, other, name));
  }

  private static boolean agrees(DocumentTree.Node each, DocumentTree.Node other, String attribute) {
    String wanted = value(other, attribute).orElseThrow();
    return value(each, attribute).filter(wanted::equalsIgnoreCase).isPresent();
  }

  /** A length of a prefix stands for its mask, too, and what is left out for what follows. */
  private static Optional<String> value(DocumentTree.Node node, String attribute) {
    Optional<String> said = node.attribute(attribute);
    return switch (attribute) {
      case "address", "ip", "start", "end" -> said.map(SameElement::address);
      case "prefix", "netmask" -> prefix(node).or(() -> said);
      case "family" -> said.or(() -> of(node, "address").map(found -> found.family().text()));
      default -> said;
    };
  }

  private static Optional<IpAddress> of(DocumentTree.Node node, String attribute) {
    return node.attribute(attribute).map(String::strip).flatMap(IpAddress::parse);
  }

  private static String address(String text) {
    return IpAddress.parse(text.strip()).map(IpAddress::toString).orElse(text);
  }

  private static Optional<String> prefix(DocumentTree.Node node) {
    OptionalInt ofMask =
        of(node, "netmask").map(IpSubnet::prefixOfMask).orElse(OptionalInt.empty());
    return node.attribute("prefix")
        .map(String::strip)
        .or(() -> ofMask.stream().mapToObj(Integer::toString).findFirst())
        .or(() -> defaultPrefix(node));
  }

  private static Optional<String> defaultPrefix(DocumentTree.Node node) {
    return node.attribute("netmask").isPresent()
        ? Optional.empty()
        : of(node, "address").map(IpSubnet::defaultPrefix).map(bits -> Integer.toString(bits));
  }
}
