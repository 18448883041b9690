// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.Reference;
import io.domus.xml.RuleBook;
import io.domus.xml.XmlFault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A SARIF 2.1.0 log of one run. The results are printed as they come; the rules they mention and
 * what could not be read stand behind them.
 */
final class SarifReport implements Report {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final PrintStream out;
  private final ArtifactUri uris;
  private final Path home;
  private final boolean strict;
  private final Map<String, Integer> rules = new LinkedHashMap<>();
  private final List<Object> notifications = new ArrayList<>();
  private boolean begun;

  /**
   * @param home where Domus and its documentation lie
   */
  SarifReport(PrintStream out, ArtifactUri uris, Path home, boolean strict) {
    this.out = out;
    this.uris = uris;
    this.home = home;
    this.strict = strict;
  }

  @Override
  public void add(Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Checked checked -> {
        for (Finding finding : checked.findings()) {
          print(result(checked.name(), finding));
        }
      }
      case Outcome.Unreadable unreadable ->
          notifications.add(notification("error", unreadable.name(), Unread.text(unreadable)));
      case Outcome.Skipped skipped ->
          notifications.add(notification("note", skipped.name(), "skipped, " + skipped.why()));
    }
  }

  private void print(Map<String, Object> result) throws IOException {
    out.print(begun ? ",\n" : head());
    out.print(Json.render(result).strip());
    begun = true;
  }

  private static String head() {
    return """
    {
    "$schema" : "%s",
    "version" : "2.1.0",
    "runs" : [ {
    "columnKind" : "utf16CodeUnits",
    "results" : [
    """
        .formatted(SCHEMA);
  }

  private Map<String, Object> result(String name, Finding finding) {
    XmlFault fault = finding.fault();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", fault.rule());
    Integer index = rules.putIfAbsent(fault.rule(), rules.size());
    result.put("ruleIndex", index == null ? rules.size() - 1 : index);
    result.put("level", fault.isError() || strict ? "error" : "warning");
    String expected =
        fault.expected().isEmpty()
            ? ""
            : "; expected one of: " + String.join(", ", fault.expected());
    result.put("message", message(fault.message() + expected));
    result.put("locations", List.of(location(name, region(fault))));
    result.put("properties", Map.of("help", finding.help()));
    return result;
  }

  private static Map<String, Object> region(XmlFault fault) {
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", fault.line());
    region.put("startColumn", fault.column());
    XmlFault.Excerpt excerpt = fault.excerpt();
    String rest = excerpt.text().substring(Math.min(excerpt.caret(), excerpt.text().length()));
    // The region reaches to the end of the line; of a long one the excerpt has only a part.
    if (!rest.isEmpty() && !rest.endsWith("…")) {
      region.put("snippet", Map.of("text", rest));
    }
    return region;
  }

  private Map<String, Object> location(String name, Map<String, Object> region) {
    Map<String, Object> physical = new LinkedHashMap<>();
    physical.put("artifactLocation", Map.of("uri", uris.of(name)));
    if (!region.isEmpty()) {
      physical.put("region", region);
    }
    return Map.of("physicalLocation", physical);
  }

  private Map<String, Object> notification(String level, String name, String text) {
    Map<String, Object> notification = new LinkedHashMap<>();
    notification.put("level", level);
    notification.put("message", message(text));
    if (!name.isEmpty()) {
      notification.put("locations", List.of(location(name, Map.of())));
    }
    return notification;
  }

  /** Braces would be placeholders, and brackets with parentheses behind them a link. */
  private static Map<String, Object> message(String text) {
    return Map.of("text", text.replace("{", "{{").replace("}", "}}").replace("](", "] ("));
  }

  @Override
  public void end(int status) throws IOException {
    if (!begun) {
      out.print(head());
    }
    Map<String, Object> invocation = new LinkedHashMap<>();
    invocation.put("executionSuccessful", status != Action.UNREADABLE);
    invocation.put("exitCode", status);
    invocation.put("toolExecutionNotifications", notifications);
    out.print("\n],\n\"tool\" : " + Json.render(tool()).strip());
    out.print(",\n\"invocations\" : " + Json.render(List.of(invocation)).strip());
    out.print("\n} ]\n}\n");
  }

  private Map<String, Object> tool() {
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "Domus");
    driver.put("version", VersionCommand.domus());
    driver.put("rules", rules.keySet().stream().map(this::rule).toList());
    return Map.of("driver", driver);
  }

  private Map<String, Object> rule(String id) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", id);
    rule.put("shortDescription", message(RuleBook.sentence(id)));
    rule.put("helpUri", helpUri(id));
    rule.put("help", message(RuleBook.sentence(id) + " See " + Reference.ruleLink(id) + "."));
    return rule;
  }

  /** An absolute one is wanted, and the page lies where Domus does. */
  private String helpUri(String rule) {
    String link = Reference.ruleLink(rule);
    int fragment = link.indexOf('#');
    return home.resolve(link.substring(0, fragment)).toUri() + link.substring(fragment);
  }
}
