// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NumberSet;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.builder.Input;
import org.xmlunit.diff.ComparisonType;
import org.xmlunit.diff.DefaultNodeMatcher;
import org.xmlunit.diff.Difference;
import org.xmlunit.diff.ElementSelector;
import org.xmlunit.diff.ElementSelectors;

/** Documents without what has no effect, with amounts in one unit. */
final class MeaningfulXml {
  private static final Set<String> AMOUNTS =
      Set.of(
          "memory",
          "currentMemory",
          "hard_limit",
          "soft_limit",
          "swap_hard_limit",
          "space_hard_limit");

  /** What the writer says in one way of several. */
  private static final Set<ComparisonType> SURPLUS =
      Set.of(
          ComparisonType.ELEMENT_NUM_ATTRIBUTES,
          ComparisonType.CHILD_NODELIST_LENGTH,
          ComparisonType.CHILD_NODELIST_SEQUENCE);

  /** Those that occur once and hold much: what they lack is told, not that they lack something. */
  private static final Set<String> DEEP = Set.of("domain", "network", "os", "devices", "features");

  private MeaningfulXml() {}

  /** What the second document lacks of the first, whatever the order. */
  static List<String> lost(String original, String written) throws Exception {
    Document before = normalised(original);
    Document after = normalised(written);
    ElementSelector contained =
        (control, test) ->
            ElementSelectors.byName.canBeCompared(control, test)
                && (DEEP.contains(control.getLocalName()) || holds(test, control));
    List<String> lost = new ArrayList<>();
    for (Difference difference :
        DiffBuilder.compare(Input.fromDocument(before))
            .withTest(Input.fromDocument(after))
            .ignoreComments()
            .ignoreWhitespace()
            .withNodeMatcher(new DefaultNodeMatcher(contained))
            .build()
            .getDifferences()) {
      var comparison = difference.getComparison();
      boolean added =
          SURPLUS.contains(comparison.getType())
              || comparison.getControlDetails().getTarget() == null
              || comparison.getControlDetails().getValue() == null;
      if (!added) {
        lost.add(comparison.toString());
      }
    }
    return lost;
  }

  /** Whether an element has all attributes and children that another has. */
  private static boolean holds(Element element, Element wanted) {
    for (int index = 0; index < wanted.getAttributes().getLength(); index++) {
      Attr attribute = (Attr) wanted.getAttributes().item(index);
      if (!attribute.getName().startsWith("xmlns")
          && !element.getAttribute(attribute.getName()).equals(attribute.getValue())) {
        return false;
      }
    }
    List<Element> left = children(element);
    for (Element child : children(wanted)) {
      Optional<Element> match =
          left.stream()
              .filter(other -> other.getLocalName().equals(child.getLocalName()))
              .filter(other -> holds(other, child))
              .findFirst();
      if (match.isEmpty()) {
        return false;
      }
      left.remove(match.get());
    }
    return !children(wanted).isEmpty()
        || element.getTextContent().strip().equals(wanted.getTextContent().strip());
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private static Document parse(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Document normalised(String text) throws Exception {
    Document document = parse(text);
    Element root = document.getDocumentElement();
    normalise(root, root.getLocalName(), DocumentKind.ofRoot(root.getLocalName()).orElseThrow());
    return document;
  }

  private static void normalise(Element element, String key, DocumentKind kind) {
    Vocabulary vocabulary = kind.vocabulary();
    for (Element child : children(element)) {
      boolean ignored =
          vocabulary.element(key, child.getLocalName()).isPresent()
              || child.getLocalName().equals("emulator");
      if (ignored) {
        element.removeChild(child);
      } else if (!child.getLocalName().equals("metadata")) {
        boolean full = !children(child).isEmpty();
        normalise(child, vocabulary.key(element.getLocalName(), child.getLocalName()), kind);
        if (full && children(child).isEmpty() && child.getAttributes().getLength() == 0) {
          element.removeChild(child);
        }
      }
    }
    for (int index = element.getAttributes().getLength() - 1; index >= 0; index--) {
      Attr attribute = (Attr) element.getAttributes().item(index);
      if (vocabulary.attribute(key, attribute.getName()).isPresent()) {
        element.removeAttributeNode(attribute);
      }
    }
    amounts(element);
    forms(element);
  }

  private static void amounts(Element element) {
    if (AMOUNTS.contains(element.getLocalName()) && children(element).isEmpty()) {
      String unit = element.hasAttribute("unit") ? element.getAttribute("unit") : null;
      long otherwise = element.getLocalName().startsWith("space") ? Quantity.BYTE : Quantity.KIB;
      Quantity.bytes(element.getTextContent(), unit, otherwise)
          .ifPresent(bytes -> element.setTextContent(Long.toString(bytes)));
      element.removeAttribute("unit");
    }
    if (element.hasAttribute("usage")) {
      String unit = element.hasAttribute("units") ? element.getAttribute("units") : null;
      Quantity.bytes(element.getAttribute("usage"), unit, Quantity.KIB)
          .ifPresent(bytes -> element.setAttribute("usage", Long.toString(bytes)));
      element.removeAttribute("units");
    }
  }

  /** What can be written in several ways. */
  private static void forms(Element element) {
    Map.of("cpuset", "", "nodeset", "")
        .keySet()
        .forEach(
            name ->
                NumberSet.parse(element.getAttribute(name))
                    .ifPresent(set -> element.setAttribute(name, set.text())));
    switch (element.getLocalName()) {
      case "mac" ->
          element.setAttribute("address", element.getAttribute("address").toLowerCase(Locale.ROOT));
      case "uuid" -> element.setTextContent(element.getTextContent().replace("-", ""));
      case "address" -> {
        for (String name : List.of("bus", "device")) {
          DeviceRules.busNumber(element.getAttribute(name))
              .ifPresent(number -> element.setAttribute(name, number.toString()));
        }
      }
      default -> {}
    }
  }

  /** Copies of a document, each with the name of one meaningful element misspelt. */
  static List<String> misspelt(String text) throws Exception {
    int count = meaningful(normalised(text).getDocumentElement()).size();
    List<String> misspelt = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      Document document = normalised(text);
      Element element = meaningful(document.getDocumentElement()).get(index);
      document.renameNode(element, element.getNamespaceURI(), element.getNodeName() + "x");
      StringWriter out = new StringWriter();
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(out));
      misspelt.add(out.toString());
    }
    return misspelt;
  }

  private static List<Element> meaningful(Element element) {
    List<Element> all = new ArrayList<>(List.of(element));
    if (!element.getLocalName().equals("metadata")) {
      children(element).forEach(child -> all.addAll(meaningful(child)));
    }
    return all;
  }
}
