// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other JVMs with this one's classes: processes that a test may kill. */
final class TestJvm {
  private TestJvm() {}

  static List<String> argv(Class<?> main, Object... arguments) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    argv.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // The JVM locks the file of its performance data.
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-Ddomus.checkout=" + System.getProperty("domus.checkout"),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    for (Object argument : arguments) {
      argv.add(argument.toString());
    }
    return argv;
  }
}
