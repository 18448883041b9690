// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
import io.domus.domain.OperationInvalidException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.stream.XMLStreamException;

/**
 * Changes one element of the definition of a network and leaves every other byte of it alone. What
 * comes out has been read again, and is valid.
 */
public final class NetworkEdit {
  private final XmlSource source;
  private final NetworkSection section;
  private final DocumentText document;
  private final DocumentTree.Node root;

  private NetworkEdit(XmlSource source, NetworkSection section) {
    this.source = source;
    this.section = section;
    Faults faults = new Faults(source);
    this.root = tree(source, faults);
    this.document = DocumentText.of(source.bytes(), Charset.forName(faults.encoding()));
  }

  /** What is done. */
  public enum Change {
    ADD_FIRST,
    ADD_LAST,
    MODIFY,
    DELETE
  }

  /**
   * An element that is to be added, or takes the place of another, or says which one goes.
   *
   * @param parent which of the network's {@code <ip>} it belongs to, counted from 0; empty if its
   *     own address says it
   */
  public record Fragment(XmlSource source, OptionalInt parent) {}

  /**
   * @param source a valid definition
   * @throws InvalidDefinitionException if the fragment is not well-formed, or the definition would
   *     not be valid any more
   * @throws OperationInvalidException if there is nothing to change
   */
  public static byte[] apply(
      XmlSource source, NetworkSection section, Change change, Fragment fragment) {
    NetworkEdit edit = new NetworkEdit(source, section);
    Faults faults = new Faults(fragment.source());
    DocumentTree.Node element = tree(fragment.source(), faults);
    if (!element.name().equals(section.element())) {
      throw new InvalidDefinitionException(
          "%s:1:1: error: <%s> is not for section %s, which has <%s>"
              .formatted(
                  fragment.source().file(), element.name(), section.text(), section.element()));
    }
    String text =
        DocumentText.of(fragment.source().bytes(), Charset.forName(faults.encoding()))
            .text()
            .substring(element.from(), element.to());
    DocumentText.Replacement replacement =
        edit.replacement(change, element, text, fragment.parent());
    byte[] bytes = edit.document.bytesWith(List.of(replacement));
    String file = source.file() + " (updated)";
    if (new NetworkReader().read(XmlSource.of(file, bytes))
        instanceof Reading.Invalid<NetworkDef> invalid) {
      FragmentFaults.Part part =
          FragmentFaults.Part.of(fragment.source(), Charset.forName(faults.encoding()), element);
      throw new InvalidDefinitionException(
          new FragmentFaults(
                  SourceText.decode(bytes, edit.document.charset()),
                  replacement.placeOf(text),
                  Optional.of(part))
              .render(invalid.faults()));
    }
    return bytes;
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

  private DocumentText.Replacement replacement(
      Change change, DocumentTree.Node element, String text, OptionalInt index) {
    int subnets = root.children("ip").size();
    if (index.isPresent() && (index.getAsInt() < 0 || index.getAsInt() >= subnets)) {
      throw new OperationInvalidException(
          cannot() + "it has no <ip> number " + index.getAsInt() + ", counted from 0");
    }
    return switch (change) {
      case ADD_FIRST -> add(element, text, index, true);
      case ADD_LAST -> add(element, text, index, false);
      case MODIFY -> {
        DocumentTree.Node found = find(element, index, false);
        yield new DocumentText.Replacement(found.from(), found.to(), text);
      }
      case DELETE -> {
        DocumentTree.Node found = find(element, index, true);
        int from = found.from() - lead(found.from()).length();
        yield new DocumentText.Replacement(from, found.to(), "");
      }
    };
  }

  private DocumentText.Replacement add(
      DocumentTree.Node element, String text, OptionalInt index, boolean first) {
    DocumentTree.Node parent = root;
    for (String name : section.parents()) {
      Optional<DocumentTree.Node> next = child(parent, name, element, index);
      if (next.isEmpty() && (name.equals("ip") || name.equals("forward"))) {
        throw new OperationInvalidException(cannot() + "it has no <" + name + ">");
      }
      if (next.isEmpty()) {
        return inside(parent, "<" + name + ">" + text + "</" + name + ">");
      }
      parent = next.get();
    }
    List<DocumentTree.Node> same = parent.children(section.element());
    if (section.keys().isEmpty() && !same.isEmpty()) {
      throw new OperationInvalidException(
          cannot() + "it has a <" + section.element() + "> already, which can be modified");
    }
    if (same.isEmpty()) {
      return inside(parent, text);
    }
    DocumentTree.Node beside = first ? same.getFirst() : same.getLast();
    String lead = lead(beside.from());
    return first
        ? new DocumentText.Replacement(beside.from(), beside.from(), text + lead)
        : new DocumentText.Replacement(beside.to(), beside.to(), lead + text);
  }

  /** Behind what is in an element already. */
  private DocumentText.Replacement inside(DocumentTree.Node parent, String text) {
    if (!parent.children().isEmpty()) {
      DocumentTree.Node last = parent.children().getLast();
      return new DocumentText.Replacement(last.to(), last.to(), lead(last.from()) + text);
    }
    String lead = lead(parent.from());
    String deeper = lead.isEmpty() ? "" : lead + "  ";
    if (parent.isEmptyTag()) {
      int slash = document.text().lastIndexOf('/', parent.to());
      String close = "</" + parent.name() + ">";
      return new DocumentText.Replacement(slash, parent.to(), ">" + deeper + text + lead + close);
    }
    boolean tight = parent.content() == parent.close();
    return new DocumentText.Replacement(
        parent.content(), parent.content(), deeper + text + (tight ? lead : ""));
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

  private Optional<DocumentTree.Node> child(
      DocumentTree.Node parent, String name, DocumentTree.Node element, OptionalInt index) {
    List<DocumentTree.Node> all = parent.children(name);
    if (!name.equals("ip")) {
      return all.stream().findFirst();
    }
    if (index.isPresent()) {
      return Optional.of(all.get(index.getAsInt()));
    }
    Optional<IpAddress> address =
        element.attribute("ip").or(() -> element.attribute("start")).flatMap(IpAddress::parse);
    List<NetworkIp> subnets = new NetworkReader().read(source).orThrow().addressing().addresses();
    for (int at = 0; at < all.size(); at++) {
      IpAddress inner = address.orElse(subnets.get(at).address());
      if (subnets.get(at).subnet().contains(inner)) {
        return Optional.of(all.get(at));
      }
    }
    return all.stream().findFirst();
  }

  /**
   * @param exactly whether all that the element says must be so
   */
  private DocumentTree.Node find(DocumentTree.Node element, OptionalInt index, boolean exactly) {
    DocumentTree.Node parent = root;
    for (String name : section.parents()) {
      parent = child(parent, name, element, index).orElseThrow(() -> nothing(element));
    }
    List<DocumentTree.Node> same = parent.children(section.element());
    if (section.keys().isEmpty()) {
      return same.stream().findFirst().orElseThrow(() -> none(exactly));
    }
    for (List<String> keys : section.keys()) {
      List<DocumentTree.Node> found =
          same.stream()
              .filter(each -> SameElement.agrees(each, element, keys))
              .filter(
                  each ->
                      !exactly
                          || SameElement.agrees(
                              each, element, List.copyOf(element.attributes().keySet())))
              .toList();
      if (found.size() > 1) {
        throw new OperationInvalidException(
            cannot() + "there are " + found.size() + " that " + said(element) + " could mean");
      }
      if (!found.isEmpty()) {
        return found.getFirst();
      }
    }
    throw nothing(element);
  }

  private OperationInvalidException nothing(DocumentTree.Node element) {
    return new OperationInvalidException(cannot() + "there is no " + said(element));
  }

  /** Of what there is one at most, what it would be does not matter. */
  private OperationInvalidException none(boolean toDelete) {
    String remedy = toDelete ? "" : " ('add' puts one there)";
    return new OperationInvalidException(
        cannot() + "it has no <" + section.element() + ">" + remedy);
  }

  /** {@code <host ip='192.0.2.1'>}. */
  private static String said(DocumentTree.Node element) {
    StringBuilder text = new StringBuilder("<" + element.name());
    new java.util.TreeMap<>(element.attributes())
        .forEach((name, value) -> text.append(' ').append(name).append("='" + value + "'"));
    return text.append('>').toString();
  }

  private String cannot() {
    return "cannot change section " + section.text() + " of " + source.file() + ": ";
  }
}
