// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.util.function.BooleanSupplier;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Pulls a document into beans and notes where each of them stood. */
public final class DomainBinding {
  private DomainBinding() {}

  private static final class Loaded {
    static final JAXBContext CONTEXT = context();
  }

  private static JAXBContext context() {
    // Compiled accessors pay off after thousands of documents and cost a start-up.
    System.setProperty("org.glassfish.jaxb.runtime.v2.bytecode.ClassTailor.noOptimize", "true");
    try {
      return JAXBContext.newInstance(DomainBean.class);
    } catch (JAXBException e) {
      throw new IllegalStateException("the beans do not fit together", e);
    }
  }

  /** Does the work that only the first document needs. */
  public static void prepare() {
    if (Loaded.CONTEXT == null) {
      throw new IllegalStateException("no context");
    }
  }

  /**
   * Reads the document's root element.
   *
   * @param incomplete asked at each end tag: whether the schema refused a part of the element
   */
  public static DomainBean read(XMLStreamReader reader, BooleanSupplier incomplete)
      throws XMLStreamException {
    try {
      Unmarshaller unmarshaller = Loaded.CONTEXT.createUnmarshaller();
      unmarshaller.setListener(new Places(reader, incomplete));
      return unmarshaller.unmarshal(reader, DomainBean.class).getValue();
    } catch (JAXBException e) {
      if (e.getLinkedException() instanceof XMLStreamException cause) {
        throw cause;
      }
      throw new XMLStreamException(e);
    }
  }

  /** Notes where each bean stood and whether it is all there. */
  private static final class Places extends Unmarshaller.Listener {
    private final XMLStreamReader reader;
    private final BooleanSupplier incomplete;

    Places(XMLStreamReader reader, BooleanSupplier incomplete) {
      this.reader = reader;
      this.incomplete = incomplete;
    }

    @Override
    public void beforeUnmarshal(Object target, Object parent) {
      if (target instanceof Located located) {
        Location location = reader.getLocation();
        located.line = location.getLineNumber();
        located.column = location.getColumnNumber();
        located.element = reader.getLocalName();
      }
    }

    @Override
    public void afterUnmarshal(Object target, Object parent) {
      if (target instanceof Located located) {
        located.incomplete = incomplete.getAsBoolean();
      }
    }
  }
}
