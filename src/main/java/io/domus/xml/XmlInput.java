// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/** Opens documents with a parser that follows nothing and believes nothing. */
final class XmlInput {
  static final int MAX_ATTRIBUTES = 100;
  static final int MAX_ATTRIBUTE_LENGTH = 64 << 10;

  private static final WstxInputFactory FACTORY = factory();

  private XmlInput() {}

  private static WstxInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory2.P_PRESERVE_LOCATION, true);
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_CACHE_DTDS, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DocumentReader.MAX_DEPTH + 8);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_LENGTH);
    return factory;
  }

  static XMLStreamReader2 open(XmlSource source, Faults faults) throws DocumentRefused {
    if (source.tooLarge()) {
      faults.error(
          "xml.too-large", Position.START, "more than " + (XmlSource.LIMIT >> 20) + " MiB of XML");
      throw new DocumentRefused();
    }
    XMLStreamReader2 reader = parser(source, faults);
    Charset charset = charset(reader.getEncoding());
    faults.decodeAs(charset);
    if (!charset.equals(StandardCharsets.UTF_8)) {
      decodable(faults);
    }
    return reader;
  }

  private static XMLStreamReader2 parser(XmlSource source, Faults faults) throws DocumentRefused {
    try {
      return (XMLStreamReader2)
          FACTORY.createXMLStreamReader(new ByteArrayInputStream(source.bytes()));
    } catch (XMLStreamException e) {
      throw IllFormed.refuse(e, faults, List.of(), Position.START);
    }
  }

  /** The parser itself is strict with UTF-8 only. */
  private static void decodable(Faults faults) throws DocumentRefused {
    Optional<Position> bad = faults.badBytes().or(faults.text()::firstNonCharacter);
    if (bad.isPresent()) {
      faults.error("xml.encoding", bad.get(), "this is no character of " + faults.encoding());
      throw new DocumentRefused();
    }
  }

  private static Charset charset(String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}
