// SPDX-License-Identifier: Apache-2.0
package io.domus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules of the house that the text of the sources shows. */
class SourceRulesTest {
  private static final int MOST_LINES = 400;

  /** The fixed first lines of files of a kind. */
  private static final Map<String, String> FIRST_LINE =
      Map.of(
          "java", "// SPDX-License-Identifier: Apache-2.0",
          "xml", "<!-- SPDX-License-Identifier: Apache-2.0 -->",
          "xsd", "<!-- SPDX-License-Identifier: Apache-2.0 -->",
          "script", "# SPDX-License-Identifier: Apache-2.0");

  /** Names that say nothing of what a class holds. */
  private static final Pattern EMPTY_NAME =
      Pattern.compile("(Manager|Utils?|Helper|Impl|Common|Context)$|^Abstract");

  private static final Map<String, String> NAME_EXCEPTIONS =
      Map.of(
          "io.domus.kernel.FsContext", "the kernel's own word: what fsopen(2) returns",
          "io.domus.plan.NetworkStep$RestartHelper",
              "a helper is a program, named so in the design",
          "io.domus.plan.NetworkStep$SignalHelper", "a helper is a program, named so in the design",
          "io.domus.plan.Step$StartHelper", "an image helper is a program, named so in the design",
          "io.domus.plan.Step$StopHelper", "an image helper is a program, named so in the design");

  @Test
  void filesAreShort() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Path file : written()) {
      long lines = text(file).lines().count();
      if (lines > MOST_LINES) {
        complaints.add(
            "%s has %d lines, more than %d: take a part out that has a name of its own"
                .formatted(file, lines, MOST_LINES));
      }
    }
    none(complaints);
  }

  /** Input documents of tests are exempt: their line numbers are in what is expected of them. */
  @Test
  void theLicenceStandsFirst() throws IOException {
    List<String> complaints = new ArrayList<>();
    List<Path> files = new ArrayList<>(written());
    files.addAll(Checkout.files("schemas"));
    files.addAll(Checkout.files("conf/demo"));
    files.addAll(Checkout.files("conf/libexec"));
    for (Path file : files) {
      List<String> lines = text(file).lines().limit(2).toList();
      String first = lines.isEmpty() ? "" : lines.getFirst();
      boolean announced = first.startsWith("<?xml") || first.startsWith("#!");
      String line = announced && lines.size() > 1 ? lines.get(1) : first;
      Optional<String> expected = Optional.ofNullable(FIRST_LINE.get(kind(file, first)));
      if (expected.isPresent() && !line.equals(expected.get())) {
        complaints.add("%s begins with '%s': put '%s' there".formatted(file, line, expected.get()));
      }
    }
    none(complaints);
  }

  private static String kind(Path file, String first) {
    if (first.startsWith("#!")) {
      return "script";
    }
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Test
  void namesSayWhatIsHeld() throws IOException {
    Set<String> unused = new TreeSet<>(NAME_EXCEPTIONS.keySet());
    List<String> complaints = new ArrayList<>();
    List<String> names = new ArrayList<>();
    ClassReferences.ofProduct().forEach(type -> names.add(type.name()));
    for (Path file : Checkout.files("tests")) {
      if (file.toString().endsWith(".java")) {
        names.add(file.getFileName().toString().replace(".java", ""));
      }
    }
    for (String name : names) {
      Matcher empty = EMPTY_NAME.matcher(name.substring(name.lastIndexOf('.') + 1));
      String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
      if (!empty.find() && !EMPTY_NAME.matcher(simple).find()) {
        continue;
      }
      unused.remove(name);
      if (!NAME_EXCEPTIONS.containsKey(name)) {
        complaints.add(name + " does not say what it holds: name it after its content or deed");
      }
    }
    none(complaints);
    assertEquals(Set.of(), unused, "these exceptions are not needed any more: remove them");
  }

  /**
   * Covered: switches of the product with a pattern of a kind of one of our sealed types, or with a
   * constant of one of our enums. Not covered: a switch that has no label but {@code default}.
   */
  @Test
  void switchesOverOurTypesHaveNoDefault() throws IOException {
    List<Path> sources =
        Checkout.files("src/main/java").stream()
            .filter(f -> f.toString().endsWith(".java"))
            .toList();
    none(
        SwitchDefaults.in(sources).stream()
            .map(
                place ->
                    place
                        + ": a default hides the case that somebody adds: name every case, so that"
                        + " the compiler finds the missing one")
            .toList());
  }

  /** What people write and change in src and tests; expected output of tests is none of it. */
  private static List<Path> written() throws IOException {
    List<Path> files = new ArrayList<>(Checkout.files("src"));
    Path golden = Checkout.path("tests/golden");
    for (Path file : Checkout.files("tests")) {
      if (!file.startsWith(golden)) {
        files.add(file);
      }
    }
    return files;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException notText) {
      return "";
    }
  }

  private static void none(List<String> complaints) {
    assertTrue(complaints.isEmpty(), () -> String.join("\n", complaints));
  }
}
