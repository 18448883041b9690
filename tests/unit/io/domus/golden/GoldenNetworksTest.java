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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Networks and hosts with the plans made of them: {@code tests/golden/networks/CASE}. */
class GoldenNetworksTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    assertFalse(UPDATE && "true".equals(System.getenv("CI")), "refused with CI=true");
    try (Stream<Path> cases = Files.list(Checkout.path("tests/golden/networks"))) {
      return cases.sorted().toList().stream()
          .map(
              golden ->
                  DynamicTest.dynamicTest(golden.getFileName().toString(), () -> check(golden)));
    }
  }

  private static void check(Path golden) throws IOException, InterruptedException {
    Map<String, String> outputs = new NetworkCase(golden).outputs();
    if (UPDATE) {
      update(golden, outputs);
    }
    Set<String> present = new TreeSet<>();
    try (Stream<Path> files = Files.list(golden)) {
      files.map(file -> file.getFileName().toString()).forEach(present::add);
    }
    present.removeAll(NetworkCase.INPUTS);
    assertEquals(outputs.keySet(), present);
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      assertEquals(
          Files.readString(golden.resolve(output.getKey())), output.getValue(), output.getKey());
      if (output.getKey().endsWith(".sh")) {
        assertEquals("", complaint(output.getValue()), output.getKey());
      }
      if (output.getKey().endsWith(".json")) {
        JSON.std.mapFrom(output.getValue());
      }
    }
  }

  private static void update(Path golden, Map<String, String> outputs) throws IOException {
    try (Stream<Path> files = Files.list(golden)) {
      for (Path file : files.toList()) {
        if (!NetworkCase.INPUTS.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      Files.writeString(golden.resolve(output.getKey()), output.getValue());
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
}
