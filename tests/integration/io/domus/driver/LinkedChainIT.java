// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A long chain of clones of clones, each with changes of its own, beside plain copies with the same
 * changes: whatever is merged, cloned or removed, every domain reads what its copy holds.
 */
class LinkedChainIT {
  private static final int LENGTH = 60;
  private static final int ROUNDS = 60;

  @RegisterExtension final Site site = new Site();

  private final Clones clones = new Clones(site);
  private final Random random = new Random(17);
  private final TreeChanges changes = new TreeChanges(random);

  /** What each domain must show. */
  private final Map<String, String> models = new TreeMap<>();

  private int copies;

  /** Copies by name of the domain that they are the picture of. */
  private final Map<String, Path> trees = new TreeMap<>();

  @Test
  void everyMemberReadsWhatItsCopyHolds() throws Exception {
    site.define(clones.overlay("d0"));
    TreeChanges.plant(site.path("base"));
    trees.put("d0", copy(site.path("base")));
    change("d0");
    for (int number = 1; number < LENGTH; number++) {
      clone("d" + (number - 1), "d" + number);
      change("d" + number);
    }
    assertEquals(LENGTH - 1, clones.beneath("d" + (LENGTH - 1)).size());
    assertAll();
    inGuests();
    for (int round = 0; round < ROUNDS; round++) {
      one(round);
    }
    assertAll();
    for (String name : List.copyOf(trees.keySet())) {
      remove(name);
    }
    assertEquals(List.of(), clones.layers());
    assertEquals(List.of(), site.driver().layers().uppers());
  }

  private void one(int round) throws Exception {
    String name = any();
    String what =
        switch (random.nextInt(6)) {
          case 0 -> {
            new FlattenOperation(site.driver()).run(name, false);
            yield "flatten";
          }
          case 1 -> {
            new FlattenOperation(site.driver()).run(name, true);
            yield "flatten --shared";
          }
          case 2 -> {
            change(name);
            yield "change";
          }
          case 3 -> {
            clone(name, "e" + round);
            yield "clone";
          }
          default -> {
            remove(name);
            yield "remove";
          }
        };
    if (trees.containsKey(name)) {
      assertReads(name, what);
    }
    assertReads(any(), what + " of " + name);
    assertReads(any(), what + " of " + name);
  }

  private String any() {
    List<String> names = List.copyOf(trees.keySet());
    return names.get(random.nextInt(names.size()));
  }

  private void clone(String from, String to) throws Exception {
    clones.make(from, to);
    trees.put(to, copy(trees.get(from)));
    models.put(to, models.get(from));
    assertReads(to, "clone of " + from);
  }

  private Path copy(Path tree) throws Exception {
    Path copy = site.empty("copies").resolve(Integer.toString(copies++));
    Host.run("cp", "-a", tree.toString(), copy.toString());
    return copy;
  }

  private void change(String name) throws Exception {
    String script = changes.script(trees.get(name));
    Host.script(script, trees.get(name).toString());
    models.put(name, TreeDigest.of(trees.get(name)));
    MountedRoot.of(site, name, root -> Host.script(script, root.toString()));
  }

  private void remove(String name) throws IOException {
    new UndefineOperation(site.driver()).runWithStorage(name);
    trees.remove(name);
    models.remove(name);
    if (name.equals("d0")) {
      assertTrue(Files.isDirectory(site.path("base")), "the base is the user's");
    }
  }

  private void assertAll() throws Exception {
    for (String name : trees.keySet()) {
      assertReads(name, "all");
    }
  }

  private void assertReads(String name, String after) throws Exception {
    String seen = MountedRoot.of(site, name, TreeDigest::withoutMarks);
    assertEquals("", TreeDigest.difference(models.get(name), seen), () -> name + " after " + after);
  }

  /** Some of them for real, at once. */
  private void inGuests() throws Exception {
    List<String> names = new ArrayList<>(List.of("d0", "d30", "d59"));
    for (String name : names) {
      site.start(name);
    }
    for (String name : names) {
      String list = "cd /; find a b c; cat new*";
      String expected = Host.script(list.replace("cd /", "cd \"$1\""), trees.get(name).toString());
      assertEquals(sorted(expected), sorted(site.output(name, "sh", "-c", list)));
      site.destroy(name);
    }
  }

  /** Lines in an order of their own: the guest has no sort. */
  private static List<String> sorted(String lines) {
    return lines.strip().lines().sorted().toList();
  }
}
