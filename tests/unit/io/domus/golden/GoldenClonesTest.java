// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Orders to clone, with the plans made of them, byte for byte: {@code tests/golden/clone/CASE}.
 * {@code -Dgolden.update=true} writes them anew, as for the other golden files.
 */
class GoldenClonesTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    assertFalse(
        UPDATE && "true".equals(System.getenv("CI")),
        "-Dgolden.update=true is refused with CI=true");
    return list(Checkout.path("tests/golden/clone")).stream()
        .map(CloneCase::new)
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)));
  }

  private static void check(CloneCase golden) throws IOException, InterruptedException {
    Map<String, String> outputs = golden.outputs();
    if (UPDATE) {
      update(golden, outputs);
    }
    Set<String> present = new TreeSet<>();
    for (Path file : list(golden.directory())) {
      present.add(file.getFileName().toString());
    }
    Set<String> expected = new TreeSet<>(outputs.keySet());
    expected.addAll(CloneCase.INPUTS);
    assertEquals(expected, present, "the files of the case");
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      assertEquals(
          Files.readString(golden.directory().resolve(output.getKey())),
          output.getValue(),
          output.getKey());
    }
    if (outputs.containsKey("clone.sh")) {
      assertEquals("", complaint(outputs.get("clone.sh")));
      JSON.std.mapFrom(outputs.get("clone.json"));
    }
  }

  private static void update(CloneCase golden, Map<String, String> outputs) throws IOException {
    for (Path file : list(golden.directory())) {
      if (!CloneCase.INPUTS.contains(file.getFileName().toString())) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      Files.writeString(golden.directory().resolve(output.getKey()), output.getValue());
    }
  }

  private static String complaint(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("/bin/sh", "-n").redirectErrorStream(true).start();
    try (var in = shell.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return shell.waitFor() == 0 ? "" : printed + "exit " + shell.exitValue();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
