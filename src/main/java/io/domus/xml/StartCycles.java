// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether domains would wait for one another for ever if a definition joined the others. */
public final class StartCycles {
  private static final String RULE = "set.after-cycle";

  private StartCycles() {}

  /**
   * Reads no more of the others than those it waits for, directly or not.
   *
   * @param stored the definition of a domain by its name; one that is wrong waits for nobody
   * @return the faults of {@code definition}, which is known to be valid
   */
  public static List<XmlFault> faults(
      XmlSource definition, Function<String, Optional<XmlSource>> stored) {
    Summary own = summary(definition).orElseThrow();
    DefinitionSet set = new DefinitionSet();
    Set<String> seen = new HashSet<>(Set.of(own.domain().name()));
    Deque<String> waited = new ArrayDeque<>(own.domain().autostart().after());
    int others = 0;
    while (!waited.isEmpty()) {
      String name = waited.remove();
      if (seen.add(name)) {
        Optional<Summary> other = stored.apply(name).flatMap(StartCycles::summary);
        if (other.isPresent()) {
          set.add(other.get().definition().get());
          waited.addAll(other.get().domain().autostart().after());
          others++;
        }
      }
    }
    set.add(own.definition().get());
    return set.faults().get(others).stream().filter(fault -> fault.rule().equals(RULE)).toList();
  }

  private record Summary(DomainDef domain, Supplier<DefinitionSummary> definition) {}

  private static Optional<Summary> summary(XmlSource source) {
    AtomicReference<Supplier<DefinitionSummary>> summary = new AtomicReference<>();
    return switch (new DocumentValidator().read(source, summary::set)) {
      case Reading.Valid<?>(DomainDef domain, _) -> Optional.of(new Summary(domain, summary.get()));
      case Reading.Valid<?> _, Reading.Invalid<?> _ -> Optional.empty();
    };
  }
}
