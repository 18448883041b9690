// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  @Test
  void passesOn() throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(to);
    out.write('a');
    out.write("bc".getBytes(StandardCharsets.UTF_8));
    assertEquals("abc", to.toString(StandardCharsets.UTF_8));
    assertNull(out.failure());
  }

  @Test
  void remembersWhyItBroke() {
    StandardOutput out = new StandardOutput(closed("Broken pipe"));
    assertThrows(StandardOutput.Broken.class, () -> out.write('a'));
    assertTrue(out.failure().readerGone());
    StandardOutput full = new StandardOutput(closed("No space left on device"));
    assertThrows(StandardOutput.Broken.class, () -> full.write('a'));
    assertEquals("No space left on device", full.failure().getMessage());
  }

  private static OutputStream closed(String reason) {
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
