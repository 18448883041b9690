// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Document;
import io.domus.domain.DomainDef;
import io.domus.domain.NetworkDef;
import io.domus.domain.SnapshotDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real documents pass the schema, lose nothing that is acted on when they are read and written, and
 * are refused with any element misspelt. {@code -Ddomus.documents=DIR} checks those of a directory
 * as well.
 */
class AcceptedDocumentsTest {
  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(Checkout.accepted());
    documents.addAll(Checkout.examples());
    String others = System.getProperty("domus.documents");
    if (others != null) {
      try (Stream<Path> files = Files.walk(Path.of(others))) {
        files.filter(file -> file.toString().endsWith(".xml")).sorted().forEach(documents::add);
      }
    }
    return documents;
  }

  private static List<XmlFault> schemaFaults(String text) {
    return new SchemaValidator().validate(XmlSource.of("it.xml", text.getBytes(UTF_8)));
  }

  @TestFactory
  Stream<DynamicTest> passTheSchema() throws IOException {
    return documents().stream()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    document.getFileName().toString(),
                    () ->
                        assertEquals(
                            "", FaultText.render(schemaFaults(Files.readString(document))))));
  }

  /** Not our examples: they say on purpose what can be said in another way. */
  @TestFactory
  Stream<DynamicTest> loseNothing() throws IOException {
    List<Path> documents = documents();
    documents.removeAll(Checkout.examples());
    return documents.stream()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    document.getFileName().toString(),
                    () -> loseNothing(Files.readString(document))));
  }

  /** A document that breaks a rule only, as libvirt's without a root do, has no definition. */
  private static void loseNothing(String text) throws Exception {
    Reading<? extends Document> reading =
        new DocumentValidator().read(XmlSource.of("it.xml", text.getBytes(UTF_8)));
    switch (reading) {
      case Reading.Invalid<? extends Document> invalid -> {
        String rooted = withRoot(text);
        if (isRootless(invalid.faults()) && !rooted.equals(text)) {
          loseNothing(rooted);
        }
        assertTrue(
            invalid.faults().stream().noneMatch(fault -> fault.rule().startsWith("schema.")),
            () -> FaultText.render(invalid.faults()));
      }
      case Reading.Valid<? extends Document> valid -> {
        String written = write(valid.definition());
        assertEquals(List.of(), MeaningfulXml.lost(text, written), written);
        assertEquals("", FaultText.render(schemaFaults(written)));
      }
    }
  }

  private static boolean isRootless(List<XmlFault> faults) {
    return faults.stream()
        .filter(XmlFault::isError)
        .allMatch(fault -> fault.rule().equals("fs.no-root"));
  }

  /** Where libvirt takes the host's root for the guest's. */
  private static String withRoot(String text) {
    String root = "<filesystem><source dir='/srv'/><target dir='/'/></filesystem></devices>";
    return text.contains("</devices>")
        ? text.replace("</devices>", root)
        : text.replaceAll("<devices */>", "<devices>" + root);
  }

  private static String write(Document document) {
    return switch (document) {
      case DomainDef domain -> DomainWriter.write(domain);
      case NetworkDef network -> NetworkWriter.write(network);
      case SnapshotDef snapshot -> SnapshotWriter.write(snapshot);
    };
  }

  @TestFactory
  Stream<DynamicTest> anyMisspeltElementIsSeen() throws IOException {
    return documents().stream()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    document.getFileName().toString(), () -> misspell(Files.readString(document))));
  }

  private static void misspell(String text) throws Exception {
    for (String misspelt : MeaningfulXml.misspelt(text)) {
      assertTrue(!schemaFaults(misspelt).isEmpty(), misspelt);
    }
  }
}
