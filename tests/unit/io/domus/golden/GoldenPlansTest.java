// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.Checkout;
import io.domus.plan.MountSpec;
import io.domus.plan.Plan;
import io.domus.plan.PlanShell;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Definitions and hosts with the plans made of them, byte for byte: {@code tests/golden/CASE}.
 * {@code mvn test -Dtest=GoldenPlansTest -Dgolden.update=true} writes the plans anew; read the
 * difference before you commit it.
 */
class GoldenPlansTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /** These have tests of their own. */
  private static final Set<String> OTHERS =
      Set.of(
          "accepted",
          "rejected",
          "rejected-sets",
          "lxc",
          "undefine",
          "clone",
          "networks",
          "pictures");

  @Test
  void plansAreNotRewrittenWhereNobodyReadsThem() {
    assertFalse(
        UPDATE && "true".equals(System.getenv("CI")),
        "-Dgolden.update=true is refused with CI=true");
  }

  @TestFactory
  Stream<DynamicNode> cases() throws IOException {
    plansAreNotRewrittenWhereNobodyReadsThem();
    List<DynamicNode> nodes = new ArrayList<>();
    for (GoldenCase golden : all()) {
      nodes.add(
          DynamicContainer.dynamicContainer(
              golden.name(),
              List.of(
                  DynamicTest.dynamicTest("files", () -> checkFiles(golden)),
                  DynamicTest.dynamicTest("json", () -> checkJson(golden)),
                  DynamicTest.dynamicTest("shell", () -> checkShell(golden)))));
    }
    return nodes.stream();
  }

  @Test
  void everyDirectoryIsACase() throws IOException {
    Set<String> strays = new TreeSet<>();
    for (Path entry : list(Checkout.path("tests/golden"))) {
      boolean known =
          OTHERS.contains(entry.getFileName().toString())
              || Files.exists(entry.resolve(GoldenCase.DEFINITION));
      if (!known) {
        strays.add(entry.getFileName().toString());
      }
    }
    assertEquals(Set.of(), strays, "these hold no " + GoldenCase.DEFINITION);
  }

  private static void checkFiles(GoldenCase golden) throws IOException {
    Map<String, String> outputs = golden.outputs();
    if (UPDATE) {
      update(golden, outputs);
    }
    Set<String> present = new TreeSet<>();
    for (Path file : list(golden.directory())) {
      present.add(file.getFileName().toString());
    }
    Set<String> expected = new TreeSet<>(outputs.keySet());
    expected.addAll(Set.of(GoldenCase.DEFINITION, GoldenCase.HOST));
    assertEquals(expected, present, "the files of the case");
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      assertEquals(
          Files.readString(golden.directory().resolve(output.getKey())),
          output.getValue(),
          output.getKey());
    }
  }

  private static void update(GoldenCase golden, Map<String, String> outputs) throws IOException {
    for (Path file : list(golden.directory())) {
      String name = file.getFileName().toString();
      boolean output = GoldenCase.FILES.contains(name) && !outputs.containsKey(name);
      if (output && !name.equals(GoldenCase.DEFINITION) && !name.equals(GoldenCase.HOST)) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      Files.writeString(golden.directory().resolve(output.getKey()), output.getValue());
    }
  }

  /** What programs read says the same as the plan. */
  private static void checkJson(GoldenCase golden) throws IOException {
    if (golden.plans().isEmpty()) {
      return;
    }
    Plan plan = golden.plans().get().start();
    Map<String, Object> tree = JSON.std.mapFrom(golden.outputs().get("start.json"));
    assertEquals(plan.steps().size(), ((List<?>) tree.get("steps")).size());
    int number = 0;
    for (Object entry : (List<?>) tree.get("steps")) {
      Map<?, ?> step = (Map<?, ?>) entry;
      assertEquals(number + 1, step.get("n"));
      if (plan.steps().get(number) instanceof Step.MountFilesystem mount
          && mount.spec() instanceof MountSpec.Overlay overlay) {
        assertEquals("overlay", step.get("fs"));
        assertEquals(overlay.lowers().stream().map(Path::toString).toList(), step.get("lower"));
      }
      number++;
    }
    JSON.std.mapFrom(golden.outputs().get("config.json"));
  }

  /** The shell form is a shell's, with one mount command an overlay. */
  private static void checkShell(GoldenCase golden) throws IOException, InterruptedException {
    if (golden.plans().isEmpty()) {
      return;
    }
    Plan plan = golden.plans().get().start();
    String script = PlanShell.render(plan);
    assertEquals("", complaint(script), script);
    assertEquals("", complaint(PlanShell.render(golden.plans().get().stop())));
    long overlays =
        plan.steps().stream()
            .filter(
                step ->
                    step instanceof Step.MountFilesystem mount
                        && mount.spec() instanceof MountSpec.Overlay)
            .count();
    assertEquals(
        overlays, script.lines().filter(line -> line.startsWith("mount -t overlay ")).count());
  }

  private static String complaint(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("/bin/sh", "-n").redirectErrorStream(true).start();
    try (var in = shell.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return shell.waitFor() == 0 ? "" : printed + "exit " + shell.exitValue();
  }

  private static List<GoldenCase> all() throws IOException {
    return list(Checkout.path("tests/golden")).stream()
        .filter(entry -> Files.exists(entry.resolve(GoldenCase.DEFINITION)))
        .map(GoldenCase::new)
        .toList();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
