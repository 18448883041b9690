// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.Checkout;
import io.domus.compiler.Removal;
import io.domus.compiler.UndefineCompiler;
import io.domus.compiler.UndefineOrder;
import io.domus.domain.Origin;
import io.domus.plan.Plan;
import io.domus.plan.PlanShell;
import io.domus.plan.PlanText;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.plan.Warning;
import io.domus.store.StateLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is to be removed with a domain, and the plans made of it: {@code
 * tests/golden/undefine/CASE}. An order has a thing a line: {@code tree}, {@code file} or {@code
 * subvolume} of storage, {@code layer} or {@code record}, {@code identity}, {@code kept} with a
 * warning.
 */
class GoldenUndefineTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final String ORDER = "order";

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    assertFalse(UPDATE && "true".equals(System.getenv("CI")), "refused with CI=true");
    try (Stream<Path> cases = Files.list(Checkout.path("tests/golden/undefine"))) {
      return cases.sorted().toList().stream()
          .map(
              golden ->
                  DynamicTest.dynamicTest(golden.getFileName().toString(), () -> check(golden)));
    }
  }

  private static void check(Path golden) throws IOException {
    Plan plan = UndefineCompiler.compile(order(Files.readString(golden.resolve(ORDER))));
    assertOnlyRenamesBeforeTheCommit(plan);
    StringBuilder text = new StringBuilder();
    plan.warnings()
        .forEach(warning -> text.append("warning: ").append(warning.text()).append('\n'));
    Map<String, String> outputs = new TreeMap<>();
    outputs.put("undefine.plan", text + PlanText.render(plan));
    outputs.put("undefine.sh", PlanShell.render(plan));
    if (UPDATE) {
      for (Map.Entry<String, String> output : outputs.entrySet()) {
        Files.writeString(golden.resolve(output.getKey()), output.getValue());
      }
    }
    Set<String> present = new TreeSet<>();
    try (Stream<Path> files = Files.list(golden)) {
      files.forEach(file -> present.add(file.getFileName().toString()));
    }
    assertEquals(Set.of(ORDER, "undefine.plan", "undefine.sh"), present);
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      assertEquals(
          Files.readString(golden.resolve(output.getKey())), output.getValue(), output.getKey());
    }
  }

  /** So that it can be taken back whole, or has happened. */
  private static void assertOnlyRenamesBeforeTheCommit(Plan plan) {
    boolean committed = false;
    for (Step step : plan.steps()) {
      committed |= step instanceof Step.Commit;
      if (!committed) {
        assertTrue(
            step instanceof Step.MoveIntoPlace && step.undo() instanceof Undo.By, step::toString);
      }
    }
    assertTrue(committed);
  }

  private static UndefineOrder order(String text) {
    StateLayout layout = new StateLayout(Path.of("/"));
    List<Removal> storage = new ArrayList<>();
    List<Removal> layers = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    boolean identity = false;
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "tree" -> storage.add(removal(Removal.Kind.TREE, words[1], "upper directory"));
        case "file" -> storage.add(removal(Removal.Kind.FILE, words[1], "image"));
        case "layer" -> layers.add(removal(Removal.Kind.TREE, words[1], "layer"));
        case "record" -> layers.add(removal(Removal.Kind.FILE, words[1], "what was sealed"));
        case "kept" -> warnings.add(new Warning(words[1], Origin.NONE));
        case "identity" -> identity = true;
        default -> throw new IllegalArgumentException(line);
      }
    }
    return new UndefineOrder(
        "web",
        "0123456789ab",
        layout.domain("web"),
        identity ? Optional.of(layout.variable("web").resolve("identity")) : Optional.empty(),
        storage,
        layers,
        warnings);
  }

  private static Removal removal(Removal.Kind kind, String path, String what) {
    Path place = Path.of(path);
    boolean beside = path.contains("/.domus-layers/") || path.contains("/storage/web/");
    return new Removal(
        place, kind, what, beside ? Optional.of(place.getParent()) : Optional.empty());
  }
}
