// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules for documents that are to live on one host together. Each fault stands in the later of two
 * documents that do not go together, and names the other's place.
 */
public final class DefinitionSet {
  private final List<DefinitionSummary> documents = new ArrayList<>();
  private List<List<XmlFault>> faults = List.of();
  private final Set<DocumentKind> unknown = EnumSet.noneOf(DocumentKind.class);

  /** Who claims something first. */
  record Holder(DefinitionSummary document, Claim claim) {
    String place() {
      return document.place(claim.at());
    }
  }

  public void add(DefinitionSummary document) {
    documents.add(document);
  }

  /** There may be another document of a kind, of which nothing could be read, not even its name. */
  public void addUnknown(DocumentKind kind) {
    unknown.add(kind);
  }

  /** Whether all names of a kind are known. */
  private boolean complete(DocumentKind kind) {
    return !unknown.contains(kind)
        && documents.stream()
            .filter(document -> document.kind() == kind)
            .allMatch(document -> document.name().isPresent());
  }

  /** The faults of each document, in the order of adding. */
  public List<List<XmlFault>> faults() {
    faults = new ArrayList<>();
    documents.forEach(document -> faults.add(new ArrayList<>()));
    if (documents.size() > 1) {
      unique();
      writers();
      new HostShare(documents, this::tell).check();
      new Connections(documents, this::tell, this::warn).check(complete(DocumentKind.NETWORK));
      new StartOrder(documents, this::tell).check(complete(DocumentKind.DOMAIN));
    }
    faults.forEach(
        list ->
            list.sort(Comparator.comparingInt(XmlFault::line).thenComparingInt(XmlFault::column)));
    return faults;
  }

  private void tell(int document, String rule, Claim at, String message) {
    add(document, XmlFault.Severity.ERROR, rule, at, message);
  }

  /** Of what may be well where other documents are. */
  private void warn(int document, String rule, Claim at, String message) {
    add(document, XmlFault.Severity.WARNING, rule, at, message);
  }

  private void add(
      int document, XmlFault.Severity severity, String rule, Claim at, String message) {
    faults
        .get(document)
        .add(
            new XmlFault(
                documents.get(document).file(),
                at.at().line(),
                at.at().column(),
                severity,
                rule,
                message,
                List.of(),
                at.excerpt()));
  }

  private void unique() {
    Map<String, Holder> holders = new HashMap<>();
    for (int index = 0; index < documents.size(); index++) {
      DefinitionSummary document = documents.get(index);
      for (Claim claim : document.claims()) {
        if (!claim.role().unique()) {
          continue;
        }
        String key = document.kind() + " " + claim.role() + " " + claim.value();
        Holder first = holders.putIfAbsent(key, new Holder(document, claim));
        if (first != null && first.document() != document) {
          tell(index, duplicate(claim.role()), claim, taken(claim, first));
        }
      }
    }
  }

  private static String duplicate(Claim.Role role) {
    return switch (role) {
      case NAME -> "set.duplicate-name";
      case UUID -> "set.duplicate-uuid";
      case MAC -> "set.duplicate-mac";
      case BRIDGE -> "set.duplicate-bridge";
      case PORTGROUP,
          CONNECTION,
          MEMBER,
          PUBLISHED,
          SUBNET,
          BEHIND,
          GUEST_ADDRESS,
          BRIDGE_ADDRESS,
          JOINED_BRIDGE,
          GUEST_PREFIX,
          BRIDGE_PREFIX,
          GUESTS,
          PUBLISHED_IN,
          AFTER,
          UPPER,
          WORK,
          WRITABLE_IMAGE,
          WRITABLE_DEVICE,
          READ_IMAGE,
          READ_DEVICE,
          LAYER ->
          throw new IllegalArgumentException("not unique: " + role);
    };
  }

  private static String taken(Claim claim, Holder first) {
    return "%s %s is already that of %s"
        .formatted(claim.role().text(), Printable.quoted(claim.value()), first.place());
  }

  /** What one writes to, no other may write to, and none may have as a layer. */
  private void writers() {
    Map<String, Holder> writers = new HashMap<>();
    for (int index = 0; index < documents.size(); index++) {
      DefinitionSummary document = documents.get(index);
      for (Claim claim : document.claims()) {
        if (!claim.role().writes()) {
          continue;
        }
        Holder first = writers.putIfAbsent(claim.value(), new Holder(document, claim));
        if (first != null && first.document() != document) {
          tell(
              index,
              "set.written-twice",
              claim,
              "%s is already %s of %s"
                  .formatted(
                      Printable.quoted(claim.value()), first.claim().role().text(), first.place()));
        }
      }
    }
    for (int index = 0; index < documents.size(); index++) {
      DefinitionSummary document = documents.get(index);
      for (Claim claim : document.claims()) {
        Holder writer = claim.role().reads() ? writers.get(claim.value()) : null;
        if (writer != null && writer.document() != document) {
          tell(
              index,
              "set.written-layer",
              claim,
              "%s is %s of %s, which writes to it"
                  .formatted(
                      Printable.quoted(claim.value()),
                      writer.claim().role().text(),
                      writer.place()));
        }
      }
    }
  }
}
