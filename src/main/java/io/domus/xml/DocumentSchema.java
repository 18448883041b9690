// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import com.ctc.wstx.msv.W3CSchema;
import com.ctc.wstx.sax.WstxSAXParserFactory;
import com.ctc.wstx.shaded.msv_core.grammar.xmlschema.XMLSchemaGrammar;
import com.ctc.wstx.shaded.msv_core.reader.util.IgnoreController;
import com.ctc.wstx.shaded.msv_core.reader.xmlschema.XMLSchemaReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.codehaus.stax2.validation.XMLValidationSchema;
import org.xml.sax.InputSource;

/** The compiled schemas, each made once, when it is first needed. */
final class DocumentSchema {
  private static final Map<DocumentKind, XMLValidationSchema> LOADED = new ConcurrentHashMap<>();

  private DocumentSchema() {}

  static XMLValidationSchema of(DocumentKind kind) {
    return LOADED.computeIfAbsent(kind, DocumentSchema::load);
  }

  /** One of our schemas as it lies beside the classes. */
  static InputStream open(String file) {
    InputStream in = DocumentSchema.class.getResourceAsStream("/schemas/" + file);
    if (in == null) {
      throw new IllegalStateException("there is no schema " + file);
    }
    return in;
  }

  /**
   * As Woodstox's own schema factory does it, but with the parser that is there anyway: looking for
   * another one and starting it costs an eighth of the time.
   */
  private static XMLValidationSchema load(DocumentKind kind) {
    try (InputStream in = open(kind.schema())) {
      InputSource source = new InputSource(in);
      source.setSystemId(kind.schema());
      XMLSchemaGrammar grammar =
          XMLSchemaReader.parse(source, new WstxSAXParserFactory(), new Beside());
      if (grammar == null) {
        throw new IllegalStateException("the schema " + kind.schema() + " is not valid");
      }
      return new W3CSchema(grammar);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the schema " + kind.schema(), e);
    }
  }

  /** What a schema includes is one of ours too. */
  private static final class Beside extends IgnoreController {
    @Override
    public InputSource resolveEntity(String publicId, String systemId) {
      String file = systemId.substring(systemId.lastIndexOf('/') + 1);
      InputSource source = new InputSource(open(file));
      source.setSystemId(file);
      return source;
    }
  }
}
