// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.catalog.Catalog;
import javax.xml.catalog.CatalogException;
import javax.xml.catalog.CatalogFeatures;
import javax.xml.catalog.CatalogManager;
import javax.xml.catalog.CatalogResolver;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The catalog has a name for the schema of each kind of document, and each leads to a file. */
class CatalogTest {
  @Test
  void everyKindHasAName() throws Exception {
    for (String tag : new String[] {"system", "uri"}) {
      Map<String, String> expected = new TreeMap<>();
      for (DocumentKind kind : DocumentKind.values()) {
        String schema = kind.schema();
        assertTrue(Files.exists(Checkout.path("schemas").resolve(schema)), schema);
        String name = schema.substring(0, schema.indexOf('.'));
        expected.put("urn:domus:schema:" + name, schema);
      }
      assertEquals(expected, entries(tag));
    }
  }

  private static Map<String, String> entries(String tag) throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Checkout.path("schemas/catalog.xml").toFile())
            .getElementsByTagName(tag);
    Map<String, String> entries = new TreeMap<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      Element entry = (Element) nodes.item(index);
      String name = entry.getAttribute(tag.equals("uri") ? "name" : "systemId");
      entries.put(name, entry.getAttribute("uri"));
    }
    return entries;
  }

  @Test
  void namesAreResolvedOffline() {
    Catalog catalog =
        CatalogManager.catalog(
            CatalogFeatures.defaults(),
            Checkout.path("schemas/catalog.xml").toAbsolutePath().toUri());
    CatalogResolver resolver = CatalogManager.catalogResolver(catalog);
    for (DocumentKind kind : DocumentKind.values()) {
      String name = "urn:domus:schema:" + kind.schema().replace(".xsd", "");
      Source found = resolver.resolve(name, null);
      assertTrue(found.getSystemId().endsWith("/schemas/" + kind.schema()), found.getSystemId());
    }
    assertThrows(CatalogException.class, () -> resolver.resolve("urn:domus:schema:none", null));
  }
}
