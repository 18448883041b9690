// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.validation.ValidationContext;
import org.codehaus.stax2.validation.XMLValidationProblem;
import org.codehaus.stax2.validation.XMLValidator;

/**
 * Feeds a document to the schema validator by hand. Left to itself the validator stops, or goes on
 * in a state of its own after a fault; here each call is known, so each problem is known for what
 * it is, and what lies below an unknown element is not fed at all.
 */
final class SchemaFeed implements ValidationContext {
  private static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;

  private final XMLStreamReader2 reader;
  private final List<OpenElement> path;
  private final SchemaFaults faults;
  private final XMLValidator validator;

  /** What the validator said in the last call, null if nothing. */
  private String problem;

  SchemaFeed(XMLStreamReader2 reader, Faults faults, List<OpenElement> path, DocumentKind kind)
      throws XMLStreamException {
    this.reader = reader;
    this.path = path;
    this.faults = new SchemaFaults(reader, faults, path, kind);
    this.validator = DocumentSchema.of(kind).createValidator(this);
  }

  private OpenElement current() {
    return path.getLast();
  }

  /**
   * The reader stands on a start tag, which is last in the path.
   *
   * @return false if such an element may not stand here; it is then closed already
   */
  boolean start() throws XMLStreamException {
    problem = null;
    validator.validateElementStart(
        reader.getLocalName(), reader.getNamespaceURI(), reader.getPrefix());
    if (problem == null) {
      return true;
    }
    faults.element();
    close();
    return false;
  }

  /**
   * Feeds the attributes.
   *
   * @return false if the element claims another type than its own or to be nil; what it holds then
   *     means nothing
   */
  boolean attributes() throws XMLStreamException {
    if (!ownType()) {
      return false;
    }
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      problem = null;
      validator.validateAttribute(
          reader.getAttributeLocalName(index),
          reader.getAttributeNamespace(index),
          reader.getAttributePrefix(index),
          reader.getAttributeValue(index));
      if (problem != null) {
        faults.attribute(index, problem);
      }
    }
    problem = null;
    current().content = validator.validateElementAndAttributes();
    if (problem != null) {
      faults.attributesEnd(problem);
    }
    return true;
  }

  private boolean ownType() {
    boolean own = true;
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      String name = reader.getAttributeLocalName(index);
      if (XSI.equals(reader.getAttributeNamespace(index))
          && (name.equals("type") || name.equals("nil"))) {
        faults.attribute(index, "");
        own = false;
      }
    }
    return own;
  }

  /** The element is known, but what it holds is nobody's business. */
  void close() throws XMLStreamException {
    int content =
        validator.validateElementEnd(
            reader.getLocalName(), reader.getNamespaceURI(), reader.getPrefix());
    parentContent(content);
  }

  void text(String text, Position at) throws XMLStreamException {
    OpenElement element = current();
    switch (element.content) {
      case XMLValidator.CONTENT_ALLOW_VALIDATABLE_TEXT -> {
        element.text(text, at);
        validator.validateText(text, false);
      }
      case XMLValidator.CONTENT_ALLOW_ANY_TEXT -> {}
      default -> {
        if (!text.isBlank()) {
          faults.text(at);
        }
      }
    }
  }

  /** The reader stands on the end tag of the last element of the path. */
  void end() throws XMLStreamException {
    problem = null;
    OpenElement element = current();
    int content =
        validator.validateElementEnd(element.name, reader.getNamespaceURI(), reader.getPrefix());
    if (problem != null) {
      faults.content(problem);
    }
    parentContent(content);
  }

  private void parentContent(int content) {
    if (path.size() > 1) {
      path.get(path.size() - 2).content = content;
    }
  }

  @Override
  public void reportProblem(XMLValidationProblem found) {
    if (problem == null) {
      problem = found.getMessage();
    }
  }

  @Override
  public String getXmlVersion() {
    return "1.0";
  }

  @Override
  public QName getCurrentElementName() {
    return reader.getName();
  }

  @Override
  public String getNamespaceURI(String prefix) {
    return reader.getNamespaceURI(prefix);
  }

  @Override
  public int getAttributeCount() {
    return reader.getAttributeCount();
  }

  @Override
  public String getAttributeLocalName(int index) {
    return reader.getAttributeLocalName(index);
  }

  @Override
  public String getAttributeNamespace(int index) {
    return reader.getAttributeNamespace(index);
  }

  @Override
  public String getAttributePrefix(int index) {
    return reader.getAttributePrefix(index);
  }

  @Override
  public String getAttributeValue(int index) {
    return reader.getAttributeValue(index);
  }

  @Override
  public String getAttributeValue(String namespace, String name) {
    return XSI.equals(namespace) ? null : reader.getAttributeValue(namespace, name);
  }

  @Override
  public String getAttributeType(int index) {
    return reader.getAttributeType(index);
  }

  @Override
  public int findAttributeIndex(String namespace, String name) {
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      if (!XSI.equals(namespace)
          && name.equals(reader.getAttributeLocalName(index))
          && namespace.equals(reader.getAttributeNamespace(index))) {
        return index;
      }
    }
    return -1;
  }

  @Override
  public boolean isNotationDeclared(String name) {
    return false;
  }

  @Override
  public boolean isUnparsedEntityDeclared(String name) {
    return false;
  }

  @Override
  public String getBaseUri() {
    return null;
  }

  @Override
  public Location getValidationLocation() {
    return reader.getLocation();
  }

  @Override
  public int addDefaultAttribute(String name, String uri, String prefix, String value) {
    return -1;
  }
}
