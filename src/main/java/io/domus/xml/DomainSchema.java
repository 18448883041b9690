// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import com.ctc.wstx.msv.W3CSchemaFactory;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.validation.XMLValidationSchema;

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

  private static XMLValidationSchema load() {
    try (InputStream in = DomainSchema.class.getResourceAsStream(RESOURCE)) {
      return new W3CSchemaFactory().createSchema(in, null, null, RESOURCE);
    } catch (IOException | XMLStreamException e) {
      throw new IllegalStateException("cannot read the schema " + RESOURCE, e);
    }
  }
}
