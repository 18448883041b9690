// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reference page, which is made from the schemas, and its anchors. */
public final class Reference {
  public static final String PAGE = "docs/reference.md";

  /** Where the page says what holds for documents of all kinds. */
  static final String DOCUMENTS = "documents";

  private Reference() {}

  /** The link for each of the faults of a document, which are in the order of the document. */
  public static List<String> links(XmlSource source, List<XmlFault> faults) {
    List<Position> places =
        faults.stream().map(fault -> new Position(fault.line(), fault.column())).toList();
    List<List<String>> paths = ElementPaths.of(source, places);
    List<String> links = new ArrayList<>();
    for (int index = 0; index < faults.size(); index++) {
      boolean markup = faults.get(index).rule().startsWith("xml.");
      links.add(markup ? link(DOCUMENTS) : link(anchor(paths.get(index))));
    }
    return links;
  }

  /** The link for a rule itself. */
  public static String ruleLink(String rule) {
    return link(ruleAnchor(rule));
  }

  static String ruleAnchor(String rule) {
    return "rule-" + RuleBook.entry(rule);
  }

  private static String link(String anchor) {
    return PAGE + "#" + anchor;
  }

  /** The anchor of the innermost element that the page knows. */
  static String anchor(List<String> path) {
    Optional<DocumentKind> kind =
        path.isEmpty() ? Optional.empty() : DocumentKind.ofRoot(path.getFirst());
    if (kind.isEmpty()) {
      return DOCUMENTS;
    }
    SchemaModel model = SchemaModel.of(kind.get());
    Vocabulary vocabulary = kind.get().vocabulary();
    String parent = kind.get().root();
    String key = parent;
    String anchor = parent;
    SchemaModel.Type type = model.types().get(model.roots().get(parent).type());
    for (String name : path.subList(1, path.size())) {
      Map<String, SchemaModel.Member> children = type == null ? Map.of() : type.children();
      if (!children.containsKey(name)) {
        break;
      }
      anchor = anchor(type, name);
      if (vocabulary.element(key, name).isPresent()) {
        // What has no effect is only named.
        break;
      }
      type = model.types().get(children.get(name).type());
      key = vocabulary.key(parent, name);
      parent = name;
    }
    return anchor;
  }

  /** By the parent's type: names of types are unique, names of elements are not. */
  static String anchor(SchemaModel.Type parent, String child) {
    return parent.name() + "-" + child;
  }
}
