// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Document;
import io.domus.domain.DomainDef;
import io.domus.domain.NetworkDef;
import io.domus.domain.SnapshotDef;
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

/** Networks and snapshots: what is written is read back as the same. */
class NetworkRoundTripTest {
  private static final int DEFINITIONS = 500;
  private static final Pattern ELEMENT = Pattern.compile("<([a-zA-Z:]+)(?=[ />])");

  /** What is in these is nobody's business. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?s)<(metadata|domain type|inactiveDomain).*</(metadata|domain|inactiveDomain)>");

  private static Reading<? extends Document> read(String xml) {
    return new DocumentValidator().read(XmlSource.of("n.xml", xml.getBytes(UTF_8)));
  }

  static String write(Document document) {
    return switch (document) {
      case DomainDef domain -> DomainWriter.write(domain);
      case NetworkDef network -> NetworkWriter.write(network);
      case SnapshotDef snapshot -> SnapshotWriter.write(snapshot);
    };
  }

  private static void comesBack(Document document, String of) {
    String xml = write(document);
    Document back = read(xml).orThrow();
    assertEquals(WithoutOrigins.of(document), WithoutOrigins.of(back), () -> of + "\n" + xml);
    assertEquals(xml, write(back), of);
  }

  @Test
  void generatedDefinitionsComeBack() {
    for (long seed = 0; seed < DEFINITIONS; seed++) {
      comesBack(GeneratedNetworks.network(seed), "network " + seed);
      comesBack(GeneratedSnapshots.snapshot(seed), "snapshot " + seed);
    }
  }

  @TestFactory
  Stream<DynamicTest> examplesAreKept() throws IOException {
    return Stream.concat(Checkout.networks().stream(), Checkout.snapshots().stream())
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> kept(file)));
  }

  private static void kept(Path file) throws IOException {
    String original = Files.readString(file);
    Reading<? extends Document> reading = read(original);
    assertEquals(List.of(), reading.faults(), () -> FaultText.render(reading.faults()));
    comesBack(reading.orThrow(), file.toString());
    assertEquals(List.of(), Kept.lost(original, write(reading.orThrow())));
  }

  /** A comparison that finds nothing proves nothing. */
  @Test
  void theComparisonSeesWhatIsGone() {
    String original = "<network ipv6='yes'><name>a</name><ip address='10.0.0.1'/></network>";
    assertEquals(List.of(), Kept.lost(original, original));
    for (String gone : List.of(" ipv6='yes'", " address='10.0.0.1'", "<ip address='10.0.0.1'/>")) {
      assertEquals(1, Kept.lost(original, original.replace(gone, "")).size(), gone);
    }
    assertEquals(1, Kept.lost(original, original.replace(">a<", ">b<")).size());
    assertEquals(1, Kept.lost(original, original.replace("0.1", "0.2")).size());
  }

  /** No element can be mistyped without being noticed. */
  @TestFactory
  Stream<DynamicTest> renamedElementsAreRefused() throws IOException {
    return Stream.concat(Checkout.networks().stream(), Checkout.snapshots().stream())
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> rename(file)));
  }

  private static void rename(Path file) throws IOException {
    String original = Files.readString(file);
    Set<String> names = new TreeSet<>();
    Matcher elements = ELEMENT.matcher(FOREIGN.matcher(original).replaceAll(""));
    while (elements.find()) {
      names.add(elements.group(1));
    }
    assertTrue(names.size() > 1);
    for (String name : names) {
      String renamed = original.replaceAll("(</?)" + name + "(?=[ />])", "$1" + name + "s");
      assertInstanceOf(Reading.Invalid.class, read(renamed), name);
      XmlSource source = XmlSource.of("n.xml", renamed.getBytes(UTF_8));
      assertTrue(!new SchemaValidator().validate(source).isEmpty(), name);
    }
  }

  @Test
  void whatLibvirtAssumesIsFilledIn() {
    NetworkDef network =
        (NetworkDef)
            read("<network><name>n</name><forward/><ip address='192.168.1.1'/></network>")
                .orThrow();
    assertEquals(
        """
        <network>
          <name>n</name>
          <forward mode='nat'/>
          <bridge stp='on' delay='0'/>
          <ip address='192.168.1.1'/>
        </network>
        """,
        write(network));
    assertEquals("192.168.1.0/24", network.addressing().addresses().getFirst().subnet().toString());
  }
}
