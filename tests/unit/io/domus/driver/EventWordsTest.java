// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written down is what may be waited for. */
class EventWordsTest {
  private static final Pattern APPENDED =
      Pattern.compile("(?:events\\(\\)\\s*\\.append|\\bnote)\\([^\";]*,\\s*\"([a-z-]+)\"\\s*,");

  @Test
  void allAreListed() throws IOException {
    TreeSet<String> written = new TreeSet<>();
    try (Stream<Path> sources = Files.list(Checkout.path("src/main/java/io/domus/driver"))) {
      sources.forEach(
          source -> {
            Matcher matcher = APPENDED.matcher(read(source));
            while (matcher.find()) {
              written.add(matcher.group(1));
            }
          });
    }
    assertEquals(new TreeSet<>(DomainEvents.OTHERS), written);
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
