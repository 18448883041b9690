// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.CloneOrder;
import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.domain.ResourceBusyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of operations over a few domains that share what they can, beside a model that says
 * what must be refused, what each guest must see and what must be left: pins never refuse what is
 * safe, nor allow what is not. Nothing is started.
 */
class PinsModelIT {
  private static final int STEPS = 2000;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");

  private static final CloneOperation.Request LINKED =
      new CloneOperation.Request(
          CloneOrder.Mode.LINKED,
          Optional.empty(),
          Optional.empty(),
          CloneOrder.ImageFilesystem.EXT4,
          Optional.empty(),
          Set.of(),
          false,
          false);

  @RegisterExtension final Site site = new Site();

  private final SplittableRandom random = new SplittableRandom(20261129);

  /** Each domain's layers as the definition names them, the one it writes to first. */
  private final Map<String, List<Path>> stacks = new TreeMap<>();

  /** What each domain's guest sees. */
  private final Map<String, Set<String>> views = new TreeMap<>();

  private final List<String> trace = new ArrayList<>();
  private int marks;
  private int refusals;
  private int places;

  @Test
  void run() throws Exception {
    for (int step = 0; step < STEPS; step++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      if (!stacks.containsKey(name)) {
        appear(name);
      } else {
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> write(name);
          case 3, 4 -> undefine(name);
          case 5, 6, 7 -> undefineWithStorage(name);
          case 8 -> cascade(name);
          default -> prune();
        }
      }
      if (step % 10 == 0) {
        assertViews();
        note("check");
        assertEquals(List.of(), new LayerCheckOperation(site.driver()).run(), this::story);
      }
    }
    assertTrue(refusals > STEPS / 20, "something to refuse: " + refusals);
  }

  private void note(String what) {
    trace.add(what);
  }

  private String story() {
    return String.join("\n", trace.subList(Math.max(0, trace.size() - 30), trace.size()));
  }

  private void appear(String name) throws IOException {
    List<String> others = List.copyOf(stacks.keySet());
    int kind = others.isEmpty() ? 0 : random.nextInt(6);
    String other = others.isEmpty() ? "" : others.get(random.nextInt(others.size()));
    switch (kind) {
      case 0 -> root(name, fresh());
      case 1 -> overlay(name, List.of(fresh()));
      // A layer by hand, of whatever another domain writes to.
      case 2 -> overlay(name, stacks.get(other));
      default -> clone(other, name);
    }
  }

  private Path fresh() throws IOException {
    places++;
    return mark(site.empty("place" + places));
  }

  private Path mark(Path directory) throws IOException {
    marks++;
    Files.createFile(directory.resolve("m" + marks));
    return directory;
  }

  private void root(String name, Path directory) throws IOException {
    note("define " + name + " root " + directory);
    site.define(DomainXml.named(name).root(directory));
    stacks.put(name, List.of(directory));
    views.put(name, view(List.of(directory)));
  }

  private void overlay(String name, List<Path> lowers) throws IOException {
    Path place = site.path("place" + ++places);
    note("define " + name + " overlay " + place + " over " + lowers);
    Path upper = mark(site.empty("place" + places + "/upper"));
    String[] stores = lowers.stream().map(Filesystems::directory).toArray(String[]::new);
    site.define(
        DomainXml.named(name)
            .device(
                Filesystems.overlay(upper, site.empty("place" + places + "/work"), "/", stores)));
    List<Path> stack = new ArrayList<>(List.of(upper));
    stack.addAll(lowers);
    stacks.put(name, stack);
    views.put(name, seen(name));
  }

  /** Sealing takes an upper directory away, which nobody may have named as a layer. */
  private void clone(String from, String to) throws IOException {
    note("clone " + from + " " + to);
    Path top = stacks.get(from).getFirst();
    boolean seals = top.endsWith("upper") && !entries(top).isEmpty();
    boolean refused = seals && !dependants(from).isEmpty();
    try {
      new CloneOperation(site.driver()).run(from, to, LINKED);
      assertTrue(!refused, () -> "cloned, though pinned\n" + story());
    } catch (ResourceBusyException pinned) {
      refusals++;
      assertTrue(refused, () -> pinned.getMessage() + "\n" + story());
      return;
    }
    views.put(to, new TreeSet<>(views.get(from)));
    List<Path> stack = new ArrayList<>();
    stack.add(site.layout().storage().resolve(to).resolve("root/upper"));
    DomainDef clone = new DefinitionReader(site.driver()).stored(to).domain();
    if (clone.root() instanceof Filesystem.Overlay overlay) {
      stack.set(0, overlay.chain().upper().orElseThrow().directory());
      overlay.chain().lowers().forEach(store -> stack.add(directory(store)));
    }
    stacks.put(to, stack);
  }

  private static Path directory(BackingStore store) {
    return ((BackingStore.Directory) store).path();
  }

  /** By the definitions alone: nobody writes to what was sealed. */
  private Set<String> dependants(String name) {
    Path written = stacks.get(name).getFirst();
    Set<String> dependants = new TreeSet<>();
    stacks.forEach(
        (other, stack) -> {
          if (!other.equals(name) && stack.subList(1, stack.size()).contains(written)) {
            dependants.add(other);
          }
        });
    return dependants;
  }

  /** Only who could be started writes. */
  private void write(String name) throws IOException {
    note("write " + name);
    DomainDef domain = new DefinitionReader(site.driver()).stored(name).domain();
    boolean allowed = dependants(name).isEmpty();
    try {
      new Dependants(site.driver()).check(domain, "cannot start");
      assertTrue(allowed, this::story);
    } catch (ResourceBusyException pinned) {
      refusals++;
      assertTrue(!allowed, () -> pinned.getMessage() + "\n" + story());
      dependants(name)
          .forEach(
              other -> assertTrue(pinned.getMessage().contains("'" + other + "'"), this::story));
      return;
    }
    mark(stacks.get(name).getFirst());
    views.get(name).add("m" + marks);
  }

  private void undefine(String name) {
    note("undefine " + name);
    boolean allowed = dependants(name).isEmpty();
    try {
      new UndefineOperation(site.driver()).run(name);
      assertTrue(allowed, this::story);
      forget(name);
    } catch (ResourceBusyException pinned) {
      refusals++;
      assertTrue(!allowed, () -> pinned.getMessage() + "\n" + story());
    }
  }

  private void forget(String name) {
    stacks.remove(name);
    views.remove(name);
  }

  private void undefineWithStorage(String name) {
    note("undefine --remove-all-storage " + name);
    boolean allowed = dependants(name).isEmpty();
    Path written = stacks.get(name).getFirst();
    try {
      new UndefineOperation(site.driver()).runWithStorage(name);
      assertTrue(allowed, this::story);
      assertTrue(Files.notExists(written), () -> written + " is left\n" + story());
      forget(name);
    } catch (ResourceBusyException pinned) {
      refusals++;
      assertTrue(!allowed, () -> pinned.getMessage() + "\n" + story());
    }
  }

  private void cascade(String name) {
    if (random.nextInt(3) > 0) {
      return;
    }
    List<String> order = Cascade.of(site.driver(), List.of(name)).order();
    Set<String> expected = new TreeSet<>(Set.of(name));
    for (boolean more = true; more; ) {
      more = false;
      for (String each : Set.copyOf(expected)) {
        more |= expected.addAll(dependants(each));
      }
    }
    assertEquals(expected, new TreeSet<>(order), this::story);
    for (String each : order) {
      undefineWithStorage(each);
      assertTrue(!stacks.containsKey(each), this::story);
    }
  }

  /** What is gone leaves no layer behind; what stays keeps its own. */
  private void prune() throws IOException {
    note("prune");
    new PruneOperation(site.driver(), true).run();
    Set<Path> needed = new TreeSet<>();
    site.driver()
        .layers()
        .uppers()
        .forEach(
            record -> {
              assertTrue(Files.exists(record.upper()), () -> record + "\n" + story());
              record.layers().layers().forEach(layer -> needed.add(layer.path()));
            });
    stacks.values().forEach(needed::addAll);
    site.driver()
        .layers()
        .layers()
        .forEach(
            layer ->
                assertTrue(needed.contains(layer.layer().path()), () -> layer + "\n" + story()));
    assertTrue(new PruneOperation(site.driver()).rehearse().isNothing(), this::story);
    assertViews();
  }

  private void assertViews() throws IOException {
    for (Map.Entry<String, Set<String>> view : views.entrySet()) {
      assertEquals(
          view.getValue(),
          seen(view.getKey()),
          () -> "what '" + view.getKey() + "' sees\n" + story());
    }
  }

  /** Through all layers that a start would mount. */
  private Set<String> seen(String name) throws IOException {
    DomainDef domain =
        site.driver().withLayers(new DefinitionReader(site.driver()).stored(name).domain());
    List<Path> layers = new ArrayList<>();
    switch (domain.root()) {
      case Filesystem.Mount mount -> layers.add(mount.source());
      case Filesystem.Overlay overlay -> {
        OverlayChain chain = overlay.chain();
        layers.add(chain.upper().orElseThrow().directory());
        chain.lowers().forEach(store -> layers.add(directory(store)));
      }
      case Filesystem.Block _, Filesystem.Image _, Filesystem.Ram _, Filesystem.Bind _ ->
          throw new IllegalStateException(name);
    }
    return view(layers);
  }

  private static Set<String> view(List<Path> layers) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path layer : layers) {
      names.addAll(entries(layer));
    }
    return names;
  }

  private static Set<String> entries(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("m"))
          .forEach(names::add);
    }
    return names;
  }
}
