// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NetInterface;
import io.domus.domain.OperationInvalidException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * Changes one interface in the document of a definition and leaves every other byte of it alone.
 * What comes out has been read again, and is valid.
 */
public final class InterfaceEdit {
  private static final String INTERFACE = "interface";

  private final DocumentText document;
  private final DocumentTree.Node devices;

  private InterfaceEdit(DocumentText document, DocumentTree.Node devices) {
    this.document = document;
    this.devices = devices;
  }

  /** What is done. Interfaces are counted from 0, in the order of the document. */
  public sealed interface Change {
    /**
     * @param xml the element
     */
    record Add(String xml) implements Change {}

    record Remove(int index) implements Change {}

    /**
     * @param xml the element that takes its place
     * @param given the document that somebody gave it in
     */
    record Replace(int index, String xml, Optional<XmlSource> given) implements Change {
      public Replace(int index, String xml) {
        this(index, xml, Optional.empty());
      }
    }

    /**
     * Sets one element of an interface.
     *
     * @param xml empty if it is to go
     */
    record Child(int index, String element, Optional<String> xml) implements Change {}
  }

  /**
   * @param source a valid definition
   * @throws InvalidDefinitionException if it would not be valid any more
   */
  public static byte[] apply(XmlSource source, Change change) {
    Faults faults = new Faults(source);
    DocumentTree.Node root = tree(source, faults);
    DocumentText document = DocumentText.of(source.bytes(), Charset.forName(faults.encoding()));
    DocumentTree.Node devices =
        root.children("devices").stream()
            .findFirst()
            .orElseThrow(() -> new OperationInvalidException(source.file() + " has no <devices>"));
    InterfaceEdit edit = new InterfaceEdit(document, devices);
    DocumentText.Replacement replacement = edit.replacement(change);
    byte[] bytes = document.bytesWith(List.of(replacement));
    if (new DomainReader().read(XmlSource.of(source.file() + " (updated)", bytes))
        instanceof Reading.Invalid<DomainDef> invalid) {
      SourceText whole = SourceText.decode(bytes, document.charset());
      throw new InvalidDefinitionException(
          new FragmentFaults(whole, replacement.from(), given(change)).render(invalid.faults()));
    }
    return bytes;
  }

  /** What of a change somebody wrote down as XML. */
  private static Optional<FragmentFaults.Part> given(Change change) {
    return switch (change) {
      case Change.Replace replace ->
          replace
              .given()
              .map(
                  source -> {
                    Faults faults = new Faults(source);
                    DocumentTree.Node element = tree(source, faults);
                    return FragmentFaults.Part.of(
                        source, Charset.forName(faults.encoding()), element);
                  });
      case Change.Add _, Change.Remove _, Change.Child _ -> Optional.empty();
    };
  }

  /**
   * The same of a document whose interfaces may be without hardware addresses. Such an interface
   * has one that depends on those before it. If it would get another by the change, the former is
   * written down: by that it is known in the guest, to its network and on the command line.
   *
   * @param before the document's domain, with all addresses and with its uuid, which need not be in
   *     there
   */
  public static byte[] keeping(XmlSource source, Change change, DomainDef before) {
    List<NetInterface> known = new ArrayList<>(before.interfaces());
    if (change instanceof Change.Remove remove) {
      known.remove(remove.index());
    }
    byte[] bytes = apply(source, change);
    for (int index = 0; index < known.size(); index++) {
      XmlSource now = XmlSource.of(source.file(), bytes);
      DomainDef domain = new DomainReader().read(now).orThrow();
      DomainDef whole = before.uuid().map(domain::withIdentity).orElse(domain);
      Optional<String> mac = known.get(index).mac();
      boolean kept = GuestMac.complete(whole).interfaces().get(index).mac().equals(mac);
      if (!kept && domain.interfaces().get(index).mac().isEmpty()) {
        bytes = apply(now, new Change.Child(index, "mac", mac.map(InterfaceEdit::macElement)));
      }
    }
    return bytes;
  }

  private static String macElement(String address) {
    return "<mac address='" + address + "'/>";
  }

  /** The element of an interface on its own. */
  public static String text(NetInterface each) {
    Markup xml = new Markup();
    new InterfaceWriter(xml).write(each);
    return xml.toString().strip();
  }

  /** The element of limits. */
  public static String bandwidth(NetInterface each) {
    String text = text(each);
    int from = text.indexOf("<bandwidth>");
    String end = "</bandwidth>";
    return from < 0 ? "" : text.substring(from, text.indexOf(end) + end.length());
  }

  /**
   * The text of a document that is one {@code <interface>}.
   *
   * @throws InvalidDefinitionException if it is none
   */
  public static String fragment(XmlSource source) {
    Faults faults = new Faults(source);
    DocumentTree.Node element = tree(source, faults);
    if (!element.name().equals(INTERFACE)) {
      throw new InvalidDefinitionException(
          source.file() + ":1:1: error: <" + element.name() + "> is no <interface>");
    }
    return DocumentText.of(source.bytes(), Charset.forName(faults.encoding()))
        .text()
        .substring(element.from(), element.to());
  }

  /** The hardware address in such a document. */
  public static Optional<String> mac(XmlSource source) {
    return tree(source, new Faults(source)).children("mac").stream()
        .findFirst()
        .flatMap(mac -> mac.attribute("address"));
  }

  private static DocumentTree.Node tree(XmlSource source, Faults faults) {
    try {
      return DocumentTree.read(XmlInput.open(source, faults));
    } catch (DocumentRefused refused) {
      throw new InvalidDefinitionException(FaultText.render(faults.sorted()), refused);
    } catch (XMLStreamException fault) {
      IllFormed.refuse(fault, faults, List.of(), Position.START);
      throw new InvalidDefinitionException(FaultText.render(faults.sorted()), fault);
    }
  }

  private DocumentText.Replacement replacement(Change change) {
    return switch (change) {
      case Change.Add add -> add(add.xml());
      case Change.Remove remove -> without(find(remove.index()));
      case Change.Replace replace -> {
        DocumentTree.Node found = find(replace.index());
        yield new DocumentText.Replacement(found.from(), found.to(), replace.xml());
      }
      case Change.Child child -> child(find(child.index()), child.element(), child.xml());
    };
  }

  private DocumentTree.Node find(int index) {
    return devices.children(INTERFACE).get(index);
  }

  /** Behind the other interfaces, or at the end. */
  private DocumentText.Replacement add(String xml) {
    List<DocumentTree.Node> same = devices.children(INTERFACE);
    DocumentTree.Node last = same.isEmpty() ? devices.children().getLast() : same.getLast();
    return new DocumentText.Replacement(last.to(), last.to(), indented(lead(last.from()), xml));
  }

  private DocumentText.Replacement without(DocumentTree.Node found) {
    int from = found.from() - lead(found.from()).length();
    return new DocumentText.Replacement(from, found.to(), "");
  }

  private DocumentText.Replacement child(
      DocumentTree.Node parent, String element, Optional<String> xml) {
    Optional<DocumentTree.Node> present = parent.children(element).stream().findFirst();
    if (present.isPresent() && xml.isEmpty()) {
      return without(present.get());
    }
    if (present.isPresent()) {
      return new DocumentText.Replacement(present.get().from(), present.get().to(), xml.get());
    }
    if (xml.isEmpty()) {
      return new DocumentText.Replacement(parent.from(), parent.from(), "");
    }
    if (parent.children().isEmpty()) {
      String lead = lead(parent.from());
      String inner = lead.isEmpty() ? "" : lead + "  ";
      int slash = document.text().lastIndexOf('/', parent.to());
      return parent.isEmptyTag()
          ? new DocumentText.Replacement(
              slash, parent.to(), ">" + indented(inner, xml.get()) + lead + "</interface>")
          : new DocumentText.Replacement(
              parent.content(), parent.content(), indented(inner, xml.get()));
    }
    DocumentTree.Node last = parent.children().getLast();
    return new DocumentText.Replacement(
        last.to(), last.to(), indented(lead(last.from()), xml.get()));
  }

  /** All lines as far to the right as the first. */
  private static String indented(String lead, String xml) {
    return lead.isEmpty() ? xml : lead + String.join(lead, xml.lines().toList());
  }

  /** The line end and the spaces before something that begins a line. */
  private String lead(int from) {
    String text = document.text();
    int start = from;
    while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
      start--;
    }
    if (start == 0 || text.charAt(start - 1) != '\n') {
      return "";
    }
    start--;
    if (start > 0 && text.charAt(start - 1) == '\r') {
      start--;
    }
    return text.substring(start, from);
  }
}
