// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference page is what the schemas and the rules make it, and its links lead somewhere. */
class ReferencePageTest {
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern LINK = Pattern.compile("]\\(#([^)]+)\\)");
  private static final Pattern FILE_LINK = Pattern.compile("]\\((\\.\\./[^)]+)\\)");

  /** A text in quotes that looks like the id of a rule. */
  private static final Pattern RULE = Pattern.compile("\"([a-z]+\\.[a-z][a-z0-9-]+)\"");

  private static final Set<String> FILE_KINDS = Set.of("xsd", "xml");

  @Test
  void isUpToDate() throws IOException {
    Path file = Checkout.path(Reference.PAGE);
    String page = ReferencePage.render(ReferenceRules.render());
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, page);
    }
    List<String> stale = new ArrayList<>(Files.readAllLines(file));
    List<String> fresh = page.lines().toList();
    stale.removeAll(fresh);
    assertTrue(
        page.equals(Files.readString(file)),
        () ->
            "make it anew: mvn test -Dtest=ReferencePageTest -Dgolden.update=true; stale are "
                + stale);
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    Path file = Checkout.path(Reference.PAGE);
    String page = Files.readString(file);
    List<String> anchors = all(ANCHOR, page);
    assertEquals(new HashSet<>(anchors).size(), anchors.size(), "an anchor stands twice");
    Set<String> dead = new TreeSet<>(all(LINK, page));
    dead.removeAll(anchors);
    assertEquals(Set.of(), dead);
    for (String target : all(FILE_LINK, page)) {
      assertTrue(Files.exists(file.resolveSibling(target)), target);
    }
  }

  /** Whatever a fault says, its link is on the page. */
  @Test
  void everyElementHasItsPlace() throws IOException {
    Set<String> anchors =
        new HashSet<>(all(ANCHOR, Files.readString(Checkout.path(Reference.PAGE))));
    Set<String> missing = new TreeSet<>();
    for (DocumentKind kind : DocumentKind.values()) {
      SchemaModel model = SchemaModel.of(kind);
      walk(model, List.of(kind.root()), model.roots().get(kind.root()), missing);
    }
    assertTrue(missing.size() > 80, () -> "anchors seen: " + missing);
    RuleBook.all().keySet().forEach(rule -> missing.add(Reference.ruleAnchor(rule)));
    missing.add(Reference.DOCUMENTS);
    missing.removeAll(anchors);
    assertEquals(Set.of(), missing);
  }

  private static void walk(
      SchemaModel model, List<String> path, SchemaModel.Member element, Set<String> anchors) {
    SchemaModel.Type type = model.types().get(element.type());
    if (anchors.add(Reference.anchor(path)) && type != null) {
      for (SchemaModel.Member child : type.children().values()) {
        List<String> longer = new ArrayList<>(path);
        longer.add(child.name());
        walk(model, longer, child, anchors);
      }
    }
  }

  @Test
  void faultsLinkTheInnermostElement() throws IOException {
    String document =
        """
        <?xml version='1.0'?>
        <domain type='lxc'>
          <name>a</name><!-- no fault -->
          <devices>
            <filesystem>
              <source dir='/a'/>
              <tagret dir='/'/>
            </filesystem>
            <graphics><listen/></graphics>
          </devices>
          <on_crash>what</on_crash>
        </domain>
        <!-- the end -->
        """;
    assertEquals("domain", anchor(document, 2, 1));
    assertEquals("domain-name", anchor(document, 3, 9));
    assertEquals("domain", anchor(document, 3, 17));
    assertEquals("filesystem-source", anchor(document, 6, 15));
    assertEquals("devices-filesystem", anchor(document, 7, 15));
    assertEquals("devices-graphics", anchor(document, 9, 16));
    assertEquals("domain-on_crash", anchor(document, 11, 13));
    assertEquals(Reference.DOCUMENTS, anchor(document, 1, 1));
    assertEquals(Reference.DOCUMENTS, anchor("<project><name/></project>", 1, 10));
    assertEquals("domain-name", anchor("<domain><name>a</nome></domain>", 1, 16));
    assertEquals(Reference.DOCUMENTS, anchor("", 1, 1));
  }

  private static String anchor(String document, int line, int column) {
    XmlSource source = XmlSource.of("a.xml", document.getBytes(StandardCharsets.UTF_8));
    Position place = new Position(line, column);
    return Reference.anchor(ElementPaths.of(source, List.of(place)).getFirst());
  }

  /** Both ways: what the code tells is listed, and what is listed the code can tell. */
  @Test
  void everyRuleIsListed() throws IOException {
    Set<String> told = new TreeSet<>(Set.of(RuleBook.ONCE));
    for (Unhonoured why : Unhonoured.values()) {
      told.add(why.rule());
    }
    try (Stream<Path> sources = Files.walk(Checkout.path("src/main/java/io/domus/xml"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        if (!source.endsWith("RuleBook.java")) {
          told.addAll(all(RULE, Files.readString(source)));
        }
      }
    }
    for (String elsewhere :
        List.of("compiler/Obstacle.java", "driver/LinkOutlook.java", "driver/StartOutlook.java")) {
      Path source = Checkout.path("src/main/java/io/domus").resolve(elsewhere);
      told.addAll(all(RULE, Files.readString(source)));
    }
    told.removeIf(rule -> FILE_KINDS.contains(rule.substring(rule.indexOf('.') + 1)));
    Set<String> unlisted = new TreeSet<>(told);
    unlisted.removeAll(RuleBook.all().keySet());
    assertEquals(Set.of(), unlisted, "say in RuleBook what breaks these");
    Set<String> gone = new TreeSet<>(RuleBook.all().keySet());
    gone.removeAll(told);
    assertEquals(Set.of(), gone, "no code tells these");
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
