// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for {@code <after>} across documents: whom it names, and that nobody waits for himself. */
final class StartOrder {
  /** The most members of a cycle that a message names. */
  private static final int SHOWN = 6;

  private final List<DefinitionSummary> documents;
  private final Teller teller;

  /** The first document of each name. */
  private final Map<String, Integer> domains = new LinkedHashMap<>();

  /** Tells a fault of a document. */
  @FunctionalInterface
  interface Teller {
    void tell(int document, String rule, Claim at, String message);
  }

  private record Wait(int document, Claim after, int other) {}

  StartOrder(List<DefinitionSummary> documents, Teller teller) {
    this.documents = documents;
    this.teller = teller;
  }

  /**
   * @param complete whether these are all domains there are
   */
  void check(boolean complete) {
    for (int index = 0; index < documents.size(); index++) {
      DefinitionSummary document = documents.get(index);
      if (document.kind() == DocumentKind.DOMAIN) {
        int here = index;
        document.name().ifPresent(name -> domains.putIfAbsent(name, here));
      }
    }
    if (complete && domains.size() > 1) {
      unknown();
    }
    cycles();
  }

  /** Told only if all names are known: the one that is missing may be what is meant. */
  private void unknown() {
    for (int index = 0; index < documents.size(); index++) {
      for (Claim after : afters(index)) {
        if (!domains.containsKey(after.value())) {
          teller.tell(
              index,
              "set.after-unknown",
              after,
              "none of these documents is a domain %s%s"
                  .formatted(
                      Printable.quoted(after.value()),
                      NearestName.hint(after.value(), domains.keySet())));
        }
      }
    }
  }

  private List<Claim> afters(int document) {
    return documents.get(document).claims().stream()
        .filter(claim -> claim.role() == Claim.Role.AFTER)
        .toList();
  }

  private void cycles() {
    Map<Integer, List<Wait>> waits = waits();
    removeFree(waits);
    Set<Integer> seen = new HashSet<>();
    for (Integer start : waits.keySet()) {
      // From whoever is left one always comes to another who is left, so at last round in a circle.
      Map<Integer, Wait> walk = new LinkedHashMap<>();
      int at = start;
      while (seen.add(at)) {
        Wait next = waits.get(at).getFirst();
        walk.put(at, next);
        at = next.other();
      }
      if (walk.containsKey(at)) {
        tellCycle(from(walk, at));
      }
    }
  }

  private Map<Integer, List<Wait>> waits() {
    Map<Integer, List<Wait>> waits = new LinkedHashMap<>();
    for (int index : domains.values()) {
      List<Wait> mine = new ArrayList<>();
      for (Claim after : afters(index)) {
        Integer other = domains.get(after.value());
        if (other != null && other != index) {
          mine.add(new Wait(index, after, other));
        }
      }
      if (!mine.isEmpty()) {
        waits.put(index, mine);
      }
    }
    return waits;
  }

  /** Takes away whoever can start, again and again. */
  private static void removeFree(Map<Integer, List<Wait>> waits) {
    Map<Integer, List<Wait>> waitedFor = new HashMap<>();
    List<Integer> free = new ArrayList<>();
    for (List<Wait> mine : waits.values()) {
      for (Wait wait : mine) {
        waitedFor.computeIfAbsent(wait.other(), any -> new ArrayList<>()).add(wait);
        if (!waits.containsKey(wait.other())) {
          free.add(wait.other());
        }
      }
    }
    while (!free.isEmpty()) {
      List<Wait> eased = waitedFor.remove(free.removeLast());
      for (Wait wait : eased == null ? List.<Wait>of() : eased) {
        List<Wait> left = waits.get(wait.document());
        left.remove(wait);
        if (left.isEmpty()) {
          waits.remove(wait.document());
          free.add(wait.document());
        }
      }
    }
  }

  private static List<Wait> from(Map<Integer, Wait> walk, int first) {
    List<Wait> cycle = new ArrayList<>();
    for (Wait wait : walk.values()) {
      if (wait.document() == first || !cycle.isEmpty()) {
        cycle.add(wait);
      }
    }
    return cycle;
  }

  /** At the last document of those in it: with that one the cycle came about. */
  private void tellCycle(List<Wait> cycle) {
    int last = 0;
    for (int index = 0; index < cycle.size(); index++) {
      last = cycle.get(index).document() > cycle.get(last).document() ? index : last;
    }
    List<Wait> turned = new ArrayList<>(cycle.subList(last, cycle.size()));
    turned.addAll(cycle.subList(0, last));
    String others =
        turned.stream()
            .skip(1)
            .limit(SHOWN)
            .map(
                wait ->
                    "%s waits for %s"
                        .formatted(
                            documents.get(wait.document()).place(wait.after().at()),
                            Printable.quoted(wait.after().value())))
            .collect(Collectors.joining(", "));
    String more = turned.size() - 1 > SHOWN ? ", and so on" : "";
    Wait here = turned.getFirst();
    teller.tell(
        here.document(),
        "set.after-cycle",
        here.after(),
        "waits for %s in a cycle: %s%s"
            .formatted(Printable.quoted(here.after().value()), others, more));
  }
}
