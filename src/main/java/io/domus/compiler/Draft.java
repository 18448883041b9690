// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainPaths;
import io.domus.domain.Origin;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Warning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A plan in the making: what the parts of a compiler add to. */
final class Draft {
  private final HostFacts facts;
  private final DomainPaths paths;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Path> made = new HashSet<>();
  private final Set<Warning> warnings = new LinkedHashSet<>();
  private final Set<String> reasons = new LinkedHashSet<>();
  private Strategy.Kind strategy = Strategy.Kind.FLAT;
  private boolean rootIsDone;
  private final List<Step> afterwards = new ArrayList<>();
  private int stagingCount;
  private int deviceCount;
  private int nbdCount;
  private long memoryBytes = 1L << 30;

  Draft(HostFacts facts, DomainPaths paths) {
    this.facts = facts;
    this.paths = paths;
  }

  /** How much of the memory filesystem a guest may fill: as much as it may have of memory. */
  long memoryBytes() {
    return memoryBytes;
  }

  void memoryBytes(long bytes) {
    this.memoryBytes = bytes;
  }

  /** What only clears up, once the plan is committed. */
  List<Step> afterwards() {
    return afterwards;
  }

  HostFacts facts() {
    return facts;
  }

  DomainPaths paths() {
    return paths;
  }

  void add(Step step) {
    if (step instanceof Step.MakeDirectory make) {
      made.add(make.directory());
    } else if (step instanceof Step.MakeDirectoryLike make) {
      made.add(make.directory());
    } else if (step instanceof Step.CopyTree copy) {
      made.add(copy.to());
    } else if (step instanceof Step.MoveIntoPlace move) {
      made.add(move.to());
    }
    steps.add(step);
  }

  /** Takes note that a program of the plan makes this. */
  void made(Path path) {
    made.add(path);
  }

  /** Whether the plan itself brings what is there: no fact about the host can know of it. */
  boolean makes(Path path) {
    return made.contains(path);
  }

  void warn(String text, Origin origin) {
    warnings.add(new Warning(text, origin));
  }

  /** Takes note of a reason for the present strategy. */
  void because(String reason) {
    reasons.add(reason);
  }

  /** Takes note that layers had to be treated so; the dearest treatment names the strategy. */
  void resort(Strategy.Kind kind, String reason) {
    if (!rootIsDone && kind.compareTo(strategy) > 0) {
      strategy = kind;
    }
    reasons.add(reason);
  }

  /** What follows is below the root, and the strategy is the root's. */
  void rootIsDone() {
    rootIsDone = true;
  }

  /** A fresh name below the staging directory: short, because CRIU reads mount lines of 4 KiB. */
  Path nextStaging(String prefix) {
    stagingCount++;
    return paths.staging().resolve(prefix + stagingCount);
  }

  Path nextDevice() {
    deviceCount++;
    return paths.devices().resolve(Integer.toString(deviceCount));
  }

  Path nextNbd(Path image) {
    if (nbdCount == facts.freeNbd().size()) {
      throw new ConfigUnsupportedException("no free nbd device for image '" + image + "'");
    }
    nbdCount++;
    return facts.freeNbd().get(nbdCount - 1);
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  Strategy strategy() {
    return new Strategy(strategy, List.copyOf(reasons));
  }
}
