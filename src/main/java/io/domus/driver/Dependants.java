// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.UseList;
import io.domus.domain.DomainDef;
import io.domus.domain.HostUse;
import io.domus.domain.HostUse.Role;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.kernel.MountInfo;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.store.LayerStore;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who relies on what a domain writes to: as a layer, or as what an image is backed by. As long as
 * somebody does, it is pinned: nobody may write to it or take it away. A layer that was sealed is
 * no longer its domain's, so it pins nobody.
 */
public final class Dependants {
  private final Driver driver;
  private final UseIndex index;
  private final Set<String> gone;
  private final PathIdentity identities = new PathIdentity();

  /** By what is relied on, as far as it had to be found out. */
  private final Map<Object, List<Reliance>> found = new HashMap<>();

  private final Set<Reliance.Kind> known = EnumSet.noneOf(Reliance.Kind.class);

  /** For those who act. */
  public Dependants(Driver driver) throws IOException {
    this(driver, UseIndex.refresh(driver), Set.of());
  }

  /**
   * @param gone domains that are taken to be undefined already
   */
  Dependants(Driver driver, UseIndex index, Set<String> gone) {
    this.driver = driver;
    this.index = index;
    this.gone = Set.copyOf(gone);
  }

  /** A place that a domain writes to, and who relies on it. */
  record Pin(HostUse place, List<Reliance> reliances) {
    Pin {
      reliances = List.copyOf(reliances);
    }
  }

  /**
   * Refuses to have a domain write to what others rely on.
   *
   * @param doing begins the message: "cannot start domain 'web'"
   * @throws ResourceBusyException naming every dependant and what it relies on
   */
  static void check(Driver driver, DomainDef domain, String doing) {
    check(driver, () -> UseIndex.refresh(driver), domain, doing);
  }

  /** The same, for those who only look. */
  public static void look(Driver driver, DomainDef domain, String doing) {
    check(driver, () -> UseIndex.look(driver), domain, doing);
  }

  @FunctionalInterface
  private interface Index {
    UseIndex read() throws IOException;
  }

  private static void check(Driver driver, Index index, DomainDef domain, String doing) {
    try {
      new Dependants(driver, index.read(), Set.of()).check(domain, doing);
    } catch (IOException failure) {
      throw new OperationFailedException(
          doing + ": cannot tell who relies on it: " + failure.getMessage(), failure);
    }
  }

  public void check(DomainDef domain, String doing) throws IOException {
    refuse(pins(domain.name(), UseList.of(domain)), doing);
  }

  /**
   * The same for what a plan takes away from its place: a layer of others must stay where they name
   * it, though it may be shared once more.
   */
  void checkMoves(DomainDef domain, Plan plan, String doing) throws IOException {
    Set<Path> moved = new HashSet<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.MoveIntoPlace move) {
        moved.add(move.from());
      }
    }
    refuse(
        pins(domain.name(), UseList.of(domain)).stream()
            .filter(pin -> moved.contains(pin.place().path()))
            .toList(),
        doing);
  }

  /** The same for a domain as it was last known. */
  void check(String domain, String doing) throws IOException {
    refuse(pins(domain, index.uses(domain)), doing);
  }

  private static void refuse(List<Pin> pins, String doing) {
    if (!pins.isEmpty()) {
      throw new ResourceBusyException(
          doing + ": " + pins.stream().map(Dependants::phrase).collect(Collectors.joining("; ")));
    }
  }

  /** The domains that rely on what a domain writes to, by name. */
  SortedSet<String> of(String domain) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    for (Pin pin : pins(domain, index.uses(domain))) {
      for (Reliance reliance : pin.reliances()) {
        // A snapshot goes with its domain.
        reliance.domain().map(StoredSnapshot::domainOf).ifPresent(names::add);
      }
    }
    names.remove(domain);
    return names;
  }

  private List<Pin> pins(String domain, List<HostUse> uses) throws IOException {
    List<HostUse> written = uses.stream().filter(HostUse::writes).toList();
    if (written.stream().anyMatch(Dependants::mayBack)) {
      know(Reliance.Kind.BACKING);
    }
    if (maySealed(written)) {
      know(Reliance.Kind.SEALED);
    }
    know(Reliance.Kind.LAYER);
    List<Pin> pins = new ArrayList<>();
    for (HostUse use : written) {
      List<Reliance> relied =
          found.getOrDefault(identities.of(use.path()), List.of()).stream()
              .filter(reliance -> counts(reliance, domain))
              .toList();
      if (!relied.isEmpty()) {
        pins.add(new Pin(use, relied));
      }
    }
    return pins;
  }

  /** Only then is it worth looking into all images. */
  private static boolean mayBack(HostUse use) {
    return use.role() == Role.IMAGE || use.role() == Role.VOLUME;
  }

  /** By where it lies on its filesystem, whatever links and mounts lead there. */
  private static boolean maySealed(List<HostUse> written) throws IOException {
    HostPlaces places = new HostPlaces(MountInfo.current());
    return written.stream().anyMatch(use -> LayerStore.isContent(places.of(use.path()).path()));
  }

  private boolean counts(Reliance reliance, String domain) {
    return reliance
        .domain()
        .filter(by -> by.equals(domain) || gone.contains(StoredSnapshot.domainOf(by)))
        .isEmpty();
  }

  private void know(Reliance.Kind kind) throws IOException {
    if (known.add(kind)) {
      List<Reliance> all =
          switch (kind) {
            case LAYER -> Reliance.layers(index);
            case SEALED -> Reliance.sealed(driver, index);
            case BACKING -> Reliance.backing(driver, index);
          };
      for (Reliance each : all) {
        found.computeIfAbsent(identities.of(each.path()), any -> new ArrayList<>()).add(each);
      }
    }
  }

  /** {@code its directory '/srv/base' is a layer of domains 'b1' and 'b2'}. */
  private static String phrase(Pin pin) {
    SortedSet<String> layered = new TreeSet<>();
    List<String> uses = new ArrayList<>();
    SortedSet<String> others = new TreeSet<>();
    for (Reliance reliance : pin.reliances()) {
      Optional<Path> through = reliance.through();
      switch (reliance.kind()) {
        case LAYER -> reliance.domain().ifPresent(layered::add);
        case SEALED ->
            reliance
                .domain()
                .ifPresentOrElse(
                    layered::add, () -> others.add("a layer beneath '" + through.get() + "'"));
        case BACKING ->
            others.add(
                "the backing file of '%s' of domain '%s'"
                    .formatted(through.get(), reliance.domain().orElseThrow()));
      }
    }
    if (!layered.isEmpty()) {
      uses.add(
          "a layer of domain%s %s"
              .formatted(layered.size() > 1 ? "s" : "", and(quoted(List.copyOf(layered)))));
    }
    uses.addAll(others);
    return "its %s '%s' is %s".formatted(pin.place().role().noun(), pin.place().path(), and(uses));
  }

  private static List<String> quoted(List<String> names) {
    return names.stream().sorted(Comparator.naturalOrder()).map(name -> "'" + name + "'").toList();
  }

  private static String and(List<String> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }
}
