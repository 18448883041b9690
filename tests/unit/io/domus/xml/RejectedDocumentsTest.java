// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Bad documents with the exact text people are shown: {@code tests/golden/rejected/RULE[.CASE].xml}
 * and {@code .txt} beside it. {@code -Dgolden.update=true} writes the texts anew.
 */
class RejectedDocumentsTest {
  /** Of documents too large to keep, in {@link HostileDocumentsTest}, and of some locales only. */
  private static final Set<String> MADE_ELSEWHERE =
      Set.of(
          "xml.too-large",
          "xml.too-deep",
          "xml.attribute-too-long",
          "xml.too-many-faults",
          "fs.path-encoding");

  /** The last way out, for a fault that only the schema validator could explain. */
  private static final String FALLBACK = "schema.invalid";

  /** A network where a domain is expected. */
  private static final String NO_DOMAIN = "schema.unknown-element.root.xml";

  private static final Pattern ROOT_OF_NETWORK = Pattern.compile("(?m)^<network\\b");
  private static final Pattern ROOT_OF_SNAPSHOT = Pattern.compile("(?m)^<domainsnapshot\\b");

  @TestFactory
  Stream<DynamicTest> eachIsRefusedInTheseWords() throws IOException {
    return Checkout.rejectedDocuments().stream()
        .map(document -> DynamicTest.dynamicTest(name(document), () -> check(document)));
  }

  private static void check(Path document) throws IOException {
    String name = document.getFileName().toString();
    Reading<? extends Document> reading = read(XmlSource.of(name, Files.readAllBytes(document)));
    assertInstanceOf(Reading.Invalid.class, reading);
    String text = FaultText.render(reading.faults());
    Path expected = document.resolveSibling(name(document) + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, text);
    }
    assertEquals(Files.readString(expected), text);
    assertTrue(
        name.lastIndexOf('.') == name.indexOf('.') || text.contains("[" + rule(document) + "]"),
        () -> "the file's name says " + rule(document) + ", the text:\n" + text);
  }

  /** As what its root element says, unless just that is what is wrong with it. */
  private static Reading<? extends Document> read(XmlSource source) {
    String text = new String(source.bytes(), ISO_8859_1);
    if (source.file().equals(NO_DOMAIN)) {
      return new DomainReader().read(source);
    }
    if (ROOT_OF_NETWORK.matcher(text).find()) {
      return new NetworkReader().read(source);
    }
    return ROOT_OF_SNAPSHOT.matcher(text).find()
        ? new SnapshotReader().read(source)
        : new DomainReader().read(source);
  }

  @Test
  void noTextIsLeftOver() throws IOException {
    Set<String> names =
        new TreeSet<>(Checkout.rejectedDocuments().stream().map(d -> name(d)).toList());
    try (Stream<Path> files = Files.list(Checkout.rejected())) {
      List<String> texts =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".txt"))
              .map(file -> file.substring(0, file.length() - ".txt".length()))
              .sorted()
              .toList();
      assertEquals(List.copyOf(names), texts);
    }
  }

  /** A rule without a document is a rule nobody has seen work. */
  @Test
  void everyRuleHasADocument() throws IOException {
    Set<String> told = new TreeSet<>(MADE_ELSEWHERE);
    told.add(FALLBACK);
    for (Path document : Checkout.rejectedDocuments()) {
      Matcher rules =
          Pattern.compile("\\[([a-z]+\\.[a-z0-9-]+)]$", Pattern.MULTILINE)
              .matcher(Files.readString(document.resolveSibling(name(document) + ".txt")));
      while (rules.find()) {
        told.add(rules.group(1));
      }
    }
    Set<String> missing = new TreeSet<>(rulesInTheSource());
    missing.removeAll(told);
    assertEquals(Set.of(), missing);
  }

  private static Set<String> rulesInTheSource() throws IOException {
    Set<String> rules = new TreeSet<>();
    Pattern rule =
        Pattern.compile(
            "\"((?:xml|schema|name|memory|os|idmap|fs|overlay|store|image|net|console|autostart"
                + "|shutdown|metadata|memtune|cputune|tuning|blkiotune|resource|seclabel|share|disk|device"
                + "|hostdev|snapshot)\\.[a-z0-9-]+)\"");
    try (Stream<Path> sources = Files.list(Checkout.path("src/main/java/io/domus/xml"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher found = rule.matcher(Files.readString(source));
        while (found.find()) {
          rules.add(found.group(1));
        }
      }
    }
    for (DocumentKind kind : DocumentKind.values()) {
      rules.remove(kind.schema());
    }
    return rules;
  }

  private static String name(Path document) {
    String file = document.getFileName().toString();
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** The first two parts of the file's name. */
  private static String rule(Path document) {
    List<String> parts = List.of(name(document).split("\\.", -1));
    return parts.get(0) + "." + parts.get(1);
  }
}
