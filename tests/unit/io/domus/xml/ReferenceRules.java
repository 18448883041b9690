// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of rules, each with a document that breaks it. */
final class ReferenceRules {
  private ReferenceRules() {}

  static String render() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("\n<a id=\"rules\"></a>\n\n## Rules\n\n");
    table.append("Every message ends in the id of a rule. The examples lie beside the exact text");
    table.append(" that is shown for them.\n\n");
    table.append("| rule | broken when | example |\n|---|---|---|\n");
    List<String> examples = examples();
    for (Map.Entry<String, String> rule : RuleBook.all().entrySet()) {
      String id = rule.getKey();
      boolean once = id.equals(RuleBook.ONCE);
      table.append("| <a id=\"").append(Reference.ruleAnchor(id)).append("\"></a>`");
      table.append(id).append(once ? ".ELEMENT" : "").append("` | ").append(rule.getValue());
      table.append(" | ").append(example(examples, id).orElse("")).append(" |\n");
    }
    return table.toString();
  }

  private static List<String> examples() throws IOException {
    try (Stream<Path> documents = Files.list(Checkout.rejected());
        Stream<Path> sets = Files.list(Checkout.path("tests/golden/rejected-sets"))) {
      return Stream.concat(documents, sets)
          .map(path -> Checkout.path("").relativize(path).toString())
          .filter(path -> path.endsWith(".xml") || path.contains("rejected-sets"))
          .sorted(Comparator.comparingInt(String::length).thenComparing(path -> path))
          .toList();
    }
  }

  private static Optional<String> example(List<String> examples, String rule) {
    return examples.stream()
        .filter(
            path ->
                path.substring(path.lastIndexOf('/') + 1).startsWith(rule + ".")
                    || path.endsWith("/" + rule))
        .findFirst()
        .map(path -> "[%s](../%s)".formatted(path.substring(path.lastIndexOf('/') + 1), path));
  }
}
