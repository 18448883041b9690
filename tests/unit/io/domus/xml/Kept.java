// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.Comparison;
import org.xmlunit.diff.ComparisonResult;
import org.xmlunit.diff.ComparisonType;
import org.xmlunit.diff.DefaultNodeMatcher;
import org.xmlunit.diff.Difference;
import org.xmlunit.diff.ElementSelectors;

/**
 * Compares a document with its canonical form: order does not count and defaults may be spelled out
 * or left out, but nothing that was said may be gone.
 */
final class Kept {
  /** What libvirt assumes anyway, or prints for itself. */
  private static final Set<String> MAY_GO =
      Set.of(
          "network@ipv6=no",
          "network@connections",
          "network@trustGuestRxFilters",
          "portgroup@trustGuestRxFilters",
          "interface@connections",
          "address@connections",
          "dns@enable=yes",
          "dns@forwardPlainNames=yes",
          "domain@localOnly=no",
          "domain@register=no",
          "bridge@macTableManager=kernel",
          "nat@ipv6=no",
          "forward@managed=no",
          "ip@localPtr=no",
          "ip@family=ipv4",
          "route@family=ipv4",
          "port@isolated=no",
          "portgroup@default=no",
          "domainsnapshot/disks",
          "domainsnapshot/cookie",
          "dns/",
          "network/dns",
          "network/metadata",
          "network/port",
          "forward/nat");

  private Kept() {}

  /** What the second text does not say any more, or says otherwise. */
  static List<String> lost(String original, String canonical) {
    List<String> lost = new ArrayList<>();
    var differences =
        DiffBuilder.compare(original)
            .withTest(canonical)
            .ignoreComments()
            .normalizeWhitespace()
            .withNodeMatcher(
                new DefaultNodeMatcher(
                    ElementSelectors.byNameAndAllAttributes, ElementSelectors.byName))
            .withDifferenceEvaluator(Kept::evaluate)
            .build()
            .getDifferences();
    for (Difference difference : differences) {
      lost.add(difference.toString());
    }
    return lost;
  }

  private static ComparisonResult evaluate(Comparison comparison, ComparisonResult outcome) {
    Comparison.Detail control = comparison.getControlDetails();
    Comparison.Detail test = comparison.getTestDetails();
    boolean fine =
        outcome == ComparisonResult.EQUAL
            || outcome == ComparisonResult.SIMILAR
            || switch (comparison.getType()) {
              case CHILD_NODELIST_LENGTH, ELEMENT_NUM_ATTRIBUTES -> true;
              case CHILD_LOOKUP -> control.getTarget() == null || element(control.getTarget());
              case ATTR_NAME_LOOKUP ->
                  control.getValue() == null || attribute(control.getTarget(), control.getValue());
              case ATTR_VALUE ->
                  control.getValue().toString().equalsIgnoreCase(test.getValue().toString());
              default -> comparison.getType() == ComparisonType.CHILD_NODELIST_SEQUENCE;
            };
    return fine ? ComparisonResult.EQUAL : ComparisonResult.DIFFERENT;
  }

  /** An element may go that has nothing in it but what may go. */
  private static boolean element(Node node) {
    if (!(node instanceof Element element)) {
      return node.getNodeValue() != null && node.getNodeValue().isBlank();
    }
    String name = node.getParentNode().getNodeName() + "/" + element.getNodeName();
    if (!MAY_GO.contains(name)) {
      return false;
    }
    boolean ignored = name.startsWith("domainsnapshot/");
    for (int index = 0; index < element.getAttributes().getLength() && !ignored; index++) {
      if (!attribute((Attr) element.getAttributes().item(index))) {
        return false;
      }
    }
    return ignored || element.getElementsByTagName("*").getLength() == 0;
  }

  private static boolean attribute(Node owner, Object name) {
    String local = ((javax.xml.namespace.QName) name).getLocalPart();
    return attribute(((Element) owner).getAttributeNode(local));
  }

  private static boolean attribute(Attr attribute) {
    String name = attribute.getOwnerElement().getNodeName() + "@" + attribute.getName();
    return MAY_GO.contains(name) || MAY_GO.contains(name + "=" + attribute.getValue());
  }
}
