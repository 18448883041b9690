// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.domus.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Domains and hosts as they are drawn, byte for byte: {@code tests/golden/pictures}. With {@code
 * -Dgolden.update=true} they are drawn anew; look at them before you commit them.
 */
class GoldenPicturesTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    assertFalse(UPDATE && "true".equals(System.getenv("CI")), "refused with CI=true");
    try (Stream<Path> cases = Files.list(Checkout.path("tests/golden/pictures"))) {
      return cases.sorted().map(PictureCase::new).toList().stream()
          .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)));
    }
  }

  private static void check(PictureCase golden) throws IOException {
    Map<String, String> outputs = golden.outputs();
    if (UPDATE) {
      for (Map.Entry<String, String> output : outputs.entrySet()) {
        Files.writeString(golden.directory().resolve(output.getKey()), output.getValue());
      }
    }
    Set<String> present = new TreeSet<>();
    try (Stream<Path> files = Files.list(golden.directory())) {
      files.map(file -> file.getFileName().toString()).forEach(present::add);
    }
    present.removeAll(PictureCase.INPUTS);
    assertEquals(outputs.keySet(), present);
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      Path file = golden.directory().resolve(output.getKey());
      assertEquals(Files.readString(file), output.getValue(), output.getKey());
    }
  }
}
