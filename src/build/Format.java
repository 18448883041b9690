// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every Java file below the given directories: {@code Format JAR
 * --dry-run|--replace DIR...}. With {@code --dry-run} it fails and names each file that is not
 * formatted.
 */
void main(String[] args) throws IOException, InterruptedException {
  List<String> command = new ArrayList<>();
  command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
  command.addAll(List.of("-jar", args[0], args[1]));
  if (args[1].equals("--dry-run")) {
    command.add("--set-exit-if-changed");
  }
  for (String directory : List.of(args).subList(2, args.length)) {
    try (Stream<Path> files = Files.walk(Path.of(directory))) {
      files
          .map(Path::toString)
          .filter(name -> name.endsWith(".java"))
          .sorted()
          .forEach(command::add);
    }
  }
  int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
  if (exit != 0 && args[1].equals("--dry-run")) {
    System.err.println("not formatted: the files named above; `mvn -Pformat verify` formats them");
  }
  System.exit(exit);
}
