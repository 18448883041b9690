// SPDX-License-Identifier: Apache-2.0
package io.domus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rooms of the house and the arrows between them, as the compiled classes have them. An arrow
 * goes only to a smaller level; see CONTRIBUTING.md.
 */
class LayeringTest {
  private static final String BASE = "io.domus.";

  /** A room is a package of {@code io.domus} with those below it. */
  private static final Map<String, Integer> LEVELS =
      Map.ofEntries(
          Map.entry("domain", 0),
          Map.entry("kernel", 0),
          Map.entry("tool", 0),
          Map.entry("oci", 0),
          Map.entry("plan", 1),
          Map.entry("xml", 1),
          Map.entry("lxc", 1),
          Map.entry("picture", 1),
          Map.entry("compiler", 2),
          Map.entry("store", 2),
          Map.entry("archive", 2),
          Map.entry("executor", 3),
          Map.entry("driver", 4),
          Map.entry("rpc", 5),
          Map.entry("cli", 6));

  /** Something that only some packages may mention. */
  private record Reserved(String what, Set<String> packages, String instead) {}

  private static final List<Reserved> RESERVED =
      List.of(
          new Reserved(
              "com.sun.jna", Set.of("io.domus.kernel"), "add the call to io.domus.kernel.Syscalls"),
          new Reserved(
              "java.lang.foreign",
              Set.of("io.domus.kernel"),
              "add the call to io.domus.kernel.Syscalls"),
          new Reserved(
              "java.lang.ProcessBuilder",
              Set.of("io.domus.tool"),
              "use io.domus.tool.CommandRunner"),
          new Reserved(
              "java.lang.Runtime.exec", Set.of("io.domus.tool"), "use io.domus.tool.CommandRunner"),
          new Reserved(
              "jakarta.xml.bind",
              Set.of("io.domus.xml.bind"),
              "map the bean to a record of io.domus.domain in io.domus.xml"),
          new Reserved(
              "org.glassfish.jaxb",
              Set.of("io.domus.xml.bind"),
              "use jakarta.xml.bind, in io.domus.xml.bind"),
          new Reserved(
              "javax.xml",
              Set.of("io.domus.xml", "io.domus.xml.bind", "io.domus.picture"),
              "use io.domus.xml.DomainReader or DomainWriter, or draw in io.domus.picture"),
          new Reserved(
              "com.ctc.wstx",
              Set.of("io.domus.xml"),
              "use io.domus.xml.DomainReader or DomainWriter"),
          new Reserved(
              "org.codehaus.stax2",
              Set.of("io.domus.xml", "io.domus.xml.bind"),
              "use io.domus.xml.DomainReader or DomainWriter"),
          new Reserved(
              "org.apache.commons.compress",
              Set.of("io.domus.archive"),
              "use io.domus.archive.CheckpointArchive or LayerDelta"),
          new Reserved(
              "com.github.luben.zstd",
              Set.of("io.domus.archive"),
              "use io.domus.archive.Compression"),
          new Reserved("picocli", Set.of("io.domus.cli"), "parse arguments in io.domus.cli"));

  private static List<ClassReferences> classes;

  @BeforeAll
  static void readClasses() throws IOException {
    classes = ClassReferences.ofProduct();
  }

  @Test
  void everyPackageIsInARoom() {
    Set<String> strangers = new TreeSet<>();
    for (ClassReferences type : classes) {
      if (!type.name().startsWith(BASE) || !LEVELS.containsKey(room(type.name()))) {
        strangers.add(ClassReferences.packageOf(type.name()));
      }
    }
    assertEquals(
        Set.of(), strangers, "give each of these packages a room and a level in LayeringTest");
  }

  @TestFactory
  Stream<DynamicTest> arrowsGoDown() {
    return LEVELS.keySet().stream()
        .sorted()
        .map(room -> DynamicTest.dynamicTest(room, () -> none(arrows(room))));
  }

  private static List<String> arrows(String room) {
    List<String> wrong = new ArrayList<>();
    for (ClassReferences type : classes) {
      if (!room(type.name()).equals(room)) {
        continue;
      }
      for (String target : type.types()) {
        String other = room(target);
        if (target.startsWith(BASE)
            && !other.equals(room)
            && LEVELS.getOrDefault(other, Integer.MAX_VALUE) >= LEVELS.get(room)) {
          wrong.add(
              "%s refers to %s, but %s (level %d) may know smaller levels only: move one, or pass a value"
                  .formatted(type.name(), target, room, LEVELS.get(room)));
        }
      }
    }
    return wrong;
  }

  private static String room(String type) {
    return type.startsWith(BASE) ? type.substring(BASE.length()).split("\\.", 2)[0] : "";
  }

  /** Levels forbid cycles between rooms; this finds those of packages within one as well. */
  @Test
  void packagesFormNoCycle() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (ClassReferences type : classes) {
      String from = ClassReferences.packageOf(type.name());
      for (String target : type.types()) {
        String to = ClassReferences.packageOf(target);
        if (to.startsWith(BASE) && !to.equals(from)) {
          arrows.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
        }
      }
    }
    Set<String> done = new TreeSet<>();
    for (String start : arrows.keySet()) {
      List<String> cycle = cycle(start, arrows, new ArrayList<>(), done);
      assertTrue(
          cycle.isEmpty(),
          () -> "packages need each other: " + String.join(" -> ", cycle) + "; turn one arrow");
    }
  }

  private static List<String> cycle(
      String at, Map<String, Set<String>> arrows, List<String> path, Set<String> done) {
    int seen = path.indexOf(at);
    if (seen >= 0) {
      List<String> cycle = new ArrayList<>(path.subList(seen, path.size()));
      cycle.add(at);
      return cycle;
    }
    if (!done.add(at)) {
      return List.of();
    }
    path.addLast(at);
    for (String next : arrows.getOrDefault(at, Set.of())) {
      List<String> found = cycle(next, arrows, path, done);
      if (!found.isEmpty()) {
        return found;
      }
    }
    path.removeLast();
    return List.of();
  }

  @TestFactory
  Stream<DynamicTest> reservedNamesStayInTheirPackages() {
    return RESERVED.stream()
        .map(
            reserved ->
                DynamicTest.dynamicTest(
                    reserved.what(),
                    () ->
                        none(
                            classes.stream()
                                .filter(
                                    type ->
                                        !reserved
                                            .packages()
                                            .contains(ClassReferences.packageOf(type.name())))
                                .filter(type -> !type.mentions(reserved.what()).isEmpty())
                                .map(
                                    type ->
                                        "%s mentions %s, which is for %s only: %s"
                                            .formatted(
                                                type.name(),
                                                type.mentions(reserved.what()),
                                                String.join(" and ", reserved.packages()),
                                                reserved.instead()))
                                .toList())));
  }

  private static void none(List<String> complaints) {
    assertTrue(complaints.isEmpty(), () -> String.join("\n", complaints));
  }
}
