// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of the writer: what it writes is read back as the same definition. */
class RoundTripTest {
  private static final int DEFINITIONS = 500;

  private static DomainDef read(String xml) {
    return new DomainReader().read(XmlSource.of("generated.xml", xml.getBytes(UTF_8))).orThrow();
  }

  @Test
  void generatedDefinitionsComeBack() {
    for (long seed = 0; seed < DEFINITIONS; seed++) {
      DomainDef domain = GeneratedDomains.domain(seed);
      String xml = DomainWriter.write(domain);
      long of = seed;
      DomainDef back = read(xml);
      assertEquals(
          WithoutOrigins.of(domain), WithoutOrigins.of(back), () -> "seed " + of + "\n" + xml);
      assertEquals(xml, DomainWriter.write(back));
    }
  }

  @TestFactory
  Stream<DynamicTest> examplesComeBack() throws IOException {
    return Checkout.examples().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      DomainDef domain = read(Files.readString(file));
                      String xml = DomainWriter.write(domain);
                      assertEquals(WithoutOrigins.of(domain), WithoutOrigins.of(read(xml)));
                      assertEquals(List.of(), warnings(file));
                    }));
  }

  private static List<XmlFault> warnings(Path file) throws IOException {
    return new DomainReader().read(XmlSource.of("x.xml", Files.readAllBytes(file))).faults();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0001", "\u0000", "\uFFFE", "\uD800", "\uDC00x"})
  void whatXmlCannotHoldIsNotWritten(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Escape.text("a" + text));
    assertTrue(e.getMessage().startsWith("XML cannot hold the character U+"), e.getMessage());
  }
}
