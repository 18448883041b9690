// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

/** libxml2, Xerces and we say the same of every document: valid or not against the schema. */
class ValidatorAgreementTest {
  private static final int MUTANTS = 400;

  /** What only we refuse: a document type, many attributes, odd bytes. */
  private static final List<String> ONLY_OURS =
      List.of("xml.doctype", "xml.too-many-attributes", "xml.encoding.cp1252", "-type.");

  private static boolean hasXmllint() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "xmllint")));
  }

  /** By the root element; where there is none that is known, by what the document is like. */
  private static DocumentKind kind(Path document) throws IOException {
    String text = Files.readString(document, ISO_8859_1);
    for (DocumentKind kind : DocumentKind.values()) {
      if (Pattern.compile("(?m)^<" + kind.root() + "\\b").matcher(text).find()) {
        return kind;
      }
    }
    return DocumentKind.DOMAIN;
  }

  @ParameterizedTest
  @EnumSource
  void onExamplesAndRejectedDocuments(DocumentKind kind) throws IOException, InterruptedException {
    List<Path> documents = new ArrayList<>();
    for (Path document : Checkout.documents()) {
      if (kind(document) == kind) {
        documents.add(document);
      }
    }
    for (Path document : Checkout.rejectedDocuments()) {
      String name = document.getFileName().toString();
      if (!ONLY_OURS.stream().anyMatch(name::contains) && kind(document) == kind) {
        documents.add(document);
      }
    }
    agree(kind, documents);
  }

  @ParameterizedTest
  @EnumSource
  void onMutatedExamples(DocumentKind kind, @TempDir Path directory)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> originals = new ArrayList<>();
    for (Path example : Checkout.documents()) {
      if (kind(example) == kind) {
        originals.add(Files.readString(example));
      }
    }
    List<Path> mutants = new ArrayList<>();
    for (int number = 0; number < MUTANTS; number++) {
      String original = originals.get(random.nextInt(originals.size()));
      Path file = directory.resolve("mutant-%03d.xml".formatted(number));
      mutants.add(Files.writeString(file, new Mutation(random).mutate(original)));
    }
    Map<Path, Boolean> expected = agree(kind, mutants);
    assertTrue(expected.containsValue(true) && expected.containsValue(false), "both kinds occur");
  }

  private static Map<Path, Boolean> agree(DocumentKind kind, List<Path> documents)
      throws IOException, InterruptedException {
    Map<Path, Boolean> ours = domus(documents);
    Map<Path, Boolean> theirs = xerces(kind, documents);
    assertEquals(Map.of(), differences("Xerces", ours, theirs));
    if (hasXmllint()) {
      assertEquals(Map.of(), differences("xmllint", ours, xmllint(kind, documents)));
    }
    return theirs;
  }

  private static Map<String, String> differences(
      String validator, Map<Path, Boolean> ours, Map<Path, Boolean> theirs) throws IOException {
    Map<String, String> differences = new TreeMap<>();
    for (Path document : ours.keySet()) {
      if (!ours.get(document).equals(theirs.get(document))) {
        XmlSource source = XmlSource.of("it", Files.readAllBytes(document));
        differences.put(
            "%s: valid for %s is %s"
                .formatted(document.getFileName(), validator, theirs.get(document)),
            FaultText.render(new SchemaValidator().validate(source)));
      }
    }
    return differences;
  }

  private static Map<Path, Boolean> domus(List<Path> documents) throws IOException {
    Map<Path, Boolean> valid = new TreeMap<>();
    for (Path document : documents) {
      XmlSource source = XmlSource.of(document.toString(), Files.readAllBytes(document));
      valid.put(document, new SchemaValidator().validate(source).isEmpty());
    }
    return valid;
  }

  /** The JDK's own validator. */
  private static Map<Path, Boolean> xerces(DocumentKind kind, List<Path> documents)
      throws IOException {
    Map<Path, Boolean> valid = new TreeMap<>();
    try {
      Schema schema =
          SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
              .newSchema(Checkout.schema(kind).toFile());
      for (Path document : documents) {
        valid.put(document, isValid(schema.newValidator(), document));
      }
    } catch (SAXException e) {
      throw new AssertionError("Xerces does not accept the schema", e);
    }
    return valid;
  }

  private static boolean isValid(Validator validator, Path document) {
    try {
      validator.validate(new StreamSource(document.toFile()));
      return true;
    } catch (IOException | SAXException e) {
      return false;
    }
  }

  private static Map<Path, Boolean> xmllint(DocumentKind kind, List<Path> documents)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("xmllint", "--noout", "--nonet", "--schema"));
    command.add(Checkout.schema(kind).toString());
    documents.forEach(document -> command.add(document.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    process.waitFor();
    Map<Path, Boolean> valid = new TreeMap<>();
    for (Path document : documents) {
      // It goes on after an undeclared prefix, which the other validators do not.
      boolean prefixes =
          lines.stream()
              .noneMatch(
                  line -> line.startsWith(document + ":") && line.contains("namespace error"));
      valid.put(document, prefixes && lines.contains(document + " validates"));
    }
    return valid;
  }
}
