// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules for documents that are to live on one host together. Each fault stands in the later of two
 * documents that do not go together, and names the other's place.
 */
public final class DefinitionSet {
  /** What may be meant. */
  private static final Set<String> WARNED = Set.of("set.prefix");

  private final List<DefinitionSummary> documents = new ArrayList<>();
  private List<List<XmlFault>> faults = List.of();
  private boolean complete = true;

  /** Who claims something first. */
  record Holder(DefinitionSummary document, Claim claim) {
    String place() {
      return document.place(claim.at());
    }
  }

  public void add(DefinitionSummary document) {
    documents.add(document);
  }

  /** There is another document, of which nothing could be read, not even its name. */
  public void addUnknown() {
    complete = false;
  }

  /** The faults of each document, in the order of adding. */
  public List<List<XmlFault>> faults() {
    faults = new ArrayList<>();
    documents.forEach(document -> faults.add(new ArrayList<>()));
    if (documents.size() > 1) {
      unique();
      writers();
      new Connections(documents, this::tell).check();
      new StartOrder(documents, this::tell).check(complete);
    }
    faults.forEach(
        list ->
            list.sort(Comparator.comparingInt(XmlFault::line).thenComparingInt(XmlFault::column)));
    return faults;
  }

  private void tell(int document, String rule, Claim at, String message) {
    XmlFault.Severity severity =
        WARNED.contains(rule) ? XmlFault.Severity.WARNING : XmlFault.Severity.ERROR;
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
          SUBNET,
          BEHIND,
          GUEST_ADDRESS,
          BRIDGE_ADDRESS,
          JOINED_BRIDGE,
          GUEST_PREFIX,
          BRIDGE_PREFIX,
          GUESTS,
          PUBLISHED,
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
