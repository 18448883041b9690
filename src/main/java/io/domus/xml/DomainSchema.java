// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import com.ctc.wstx.msv.W3CSchema;
import com.ctc.wstx.sax.WstxSAXParserFactory;
import com.ctc.wstx.shaded.msv_core.grammar.xmlschema.XMLSchemaGrammar;
import com.ctc.wstx.shaded.msv_core.reader.util.IgnoreController;
import com.ctc.wstx.shaded.msv_core.reader.xmlschema.XMLSchemaReader;
import java.io.IOException;
import java.io.InputStream;
import org.codehaus.stax2.validation.XMLValidationSchema;
import org.xml.sax.InputSource;

/** The compiled schema of domains: made once, when it is first needed. */
final class DomainSchema {
  static final String RESOURCE = "/schemas/domain.xsd";

  private DomainSchema() {}

  private static final class Loaded {
    static final XMLValidationSchema SCHEMA = load();
  }

  static XMLValidationSchema get() {
    return Loaded.SCHEMA;
  }

  /**
   * As Woodstox's own schema factory does it, but with the parser that is there anyway: looking for
   * another one and starting it costs an eighth of the time.
   */
  private static XMLValidationSchema load() {
    try (InputStream in = DomainSchema.class.getResourceAsStream(RESOURCE)) {
      XMLSchemaGrammar grammar =
          XMLSchemaReader.parse(
              new InputSource(in), new WstxSAXParserFactory(), new IgnoreController());
      if (grammar == null) {
        throw new IllegalStateException("the schema " + RESOURCE + " is not valid");
      }
      return new W3CSchema(grammar);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the schema " + RESOURCE, e);
    }
  }
}
