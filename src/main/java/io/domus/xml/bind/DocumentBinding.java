// SPDX-License-Identifier: Apache-2.0
package io.domus.xml.bind;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Pulls documents into beans and notes where each of them stood.
 *
 * @param <B> the bean of the root element
 */
public final class DocumentBinding<B> {
  private final Class<B> root;
  private final JAXBContext context;

  /** Those that have done their work; one that failed does not come back. */
  private final Queue<Unmarshaller> unmarshallers = new ConcurrentLinkedQueue<>();

  private DocumentBinding(Class<B> root) {
    this.root = root;
    // Compiled accessors pay off after thousands of documents and cost a start-up.
    System.setProperty("org.glassfish.jaxb.runtime.v2.bytecode.ClassTailor.noOptimize", "true");
    try {
      this.context = JAXBContext.newInstance(root);
    } catch (JAXBException e) {
      throw new IllegalStateException("the beans do not fit together", e);
    }
  }

  /** Made once, when it is first needed. */
  private static final class Domains {
    static final DocumentBinding<DomainBean> BINDING = new DocumentBinding<>(DomainBean.class);
  }

  /** Made once, when it is first needed. */
  private static final class Networks {
    static final DocumentBinding<NetworkBean> BINDING = new DocumentBinding<>(NetworkBean.class);
  }

  /** Made once, when it is first needed. */
  private static final class Snapshots {
    static final DocumentBinding<SnapshotBean> BINDING = new DocumentBinding<>(SnapshotBean.class);
  }

  public static DocumentBinding<DomainBean> domains() {
    return Domains.BINDING;
  }

  public static DocumentBinding<NetworkBean> networks() {
    return Networks.BINDING;
  }

  public static DocumentBinding<SnapshotBean> snapshots() {
    return Snapshots.BINDING;
  }

  /**
   * Reads the document's root element.
   *
   * @param incomplete asked at each end tag: whether the schema refused a part of the element
   */
  public B read(XMLStreamReader reader, BooleanSupplier incomplete) throws XMLStreamException {
    try {
      Unmarshaller idle = unmarshallers.poll();
      Unmarshaller unmarshaller = idle == null ? context.createUnmarshaller() : idle;
      unmarshaller.setListener(new Places(reader, incomplete));
      B bean = unmarshaller.unmarshal(reader, root).getValue();
      unmarshallers.add(unmarshaller);
      return bean;
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
