// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** libxml2 and we say the same of every document: valid or not against the schema. */
class XmllintAgreementTest {
  private static final int MUTANTS = 400;

  /** What only we refuse: a document type, many attributes, undeclared prefixes, odd bytes. */
  private static final List<String> ONLY_OURS =
      List.of("xml.doctype", "xml.too-many-attributes", "prefix.xml", "xml.encoding.cp1252");

  @BeforeAll
  static void isInstalled() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "xmllint")));
    assumeTrue(found, "xmllint is not installed");
  }

  @Test
  void onExamplesAndRejectedDocuments() throws IOException, InterruptedException {
    List<Path> documents = new ArrayList<>(Checkout.examples());
    for (Path document : Checkout.rejectedDocuments()) {
      String name = document.getFileName().toString();
      if (!ONLY_OURS.stream().anyMatch(name::contains)) {
        documents.add(document);
      }
    }
    agree(documents);
  }

  @Test
  void onMutatedExamples(@TempDir Path directory) throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> originals = new ArrayList<>();
    for (Path example : Checkout.examples()) {
      originals.add(Files.readString(example));
    }
    List<Path> mutants = new ArrayList<>();
    for (int number = 0; number < MUTANTS; number++) {
      String original = originals.get(random.nextInt(originals.size()));
      Path file = directory.resolve("mutant-%03d.xml".formatted(number));
      mutants.add(Files.writeString(file, new Mutation(random).mutate(original)));
    }
    Map<Path, Boolean> expected = agree(mutants);
    assertTrue(expected.containsValue(true) && expected.containsValue(false), "both kinds occur");
  }

  private static Map<Path, Boolean> agree(List<Path> documents)
      throws IOException, InterruptedException {
    Map<Path, Boolean> theirs = xmllint(documents);
    Map<Path, Boolean> ours = domus(documents);
    Map<String, String> differences = new TreeMap<>();
    for (Path document : documents) {
      if (!ours.get(document).equals(theirs.get(document))) {
        XmlSource source = XmlSource.of("it", Files.readAllBytes(document));
        differences.put(
            document.getFileName() + ": valid for xmllint is " + theirs.get(document),
            FaultText.render(new SchemaValidator().validate(source)));
      }
    }
    assertEquals(Map.of(), differences);
    return theirs;
  }

  private static Map<Path, Boolean> domus(List<Path> documents) throws IOException {
    Map<Path, Boolean> valid = new TreeMap<>();
    for (Path document : documents) {
      XmlSource source = XmlSource.of(document.toString(), Files.readAllBytes(document));
      valid.put(document, new SchemaValidator().validate(source).isEmpty());
    }
    return valid;
  }

  private static Map<Path, Boolean> xmllint(List<Path> documents)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("xmllint", "--noout", "--nonet", "--schema"));
    command.add(Checkout.schema().toString());
    documents.forEach(document -> command.add(document.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    process.waitFor();
    Map<Path, Boolean> valid = new TreeMap<>();
    for (Path document : documents) {
      valid.put(document, lines.contains(document + " validates"));
    }
    return valid;
  }
}
