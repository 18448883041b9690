// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.xml.DomainWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory of {@code tests/golden/lxc}: a configuration with the files it names, and what is
 * made of it. {@code paths} says what of the host's paths is not a directory.
 */
record GoldenConfiguration(Path directory) {
  static final String CONFIG = "config";
  static final Set<String> OUTPUTS =
      Set.of("expected.xml", "report.txt", "exported", "exported.txt");

  private static final Map<String, LxcFiles.Kind> KINDS =
      Map.of(
          "absent", LxcFiles.Kind.ABSENT,
          "dir", LxcFiles.Kind.DIRECTORY,
          "char", LxcFiles.Kind.CHARACTER_DEVICE,
          "block", LxcFiles.Kind.BLOCK_DEVICE,
          "file", LxcFiles.Kind.FILE);

  static List<GoldenConfiguration> all(Path golden) throws IOException {
    try (Stream<Path> cases = Files.list(golden)) {
      return cases.sorted().map(GoldenConfiguration::new).toList();
    }
  }

  String name() {
    return directory.getFileName().toString();
  }

  FilesOfTest files() throws IOException {
    FilesOfTest files = new FilesOfTest("/var/lib/lxc/" + name() + "/");
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String relative = directory.relativize(file).toString();
        if (!OUTPUTS.contains(relative) && !relative.equals("paths")) {
          files.with(relative, Files.readAllBytes(file));
        }
      }
    }
    Path paths = directory.resolve("paths");
    if (Files.exists(paths)) {
      for (String line : Files.readAllLines(paths)) {
        String[] words = line.split(" ", 2);
        files.with(words[1], KINDS.get(words[0].toLowerCase(Locale.ROOT)));
      }
    }
    return files;
  }

  Conversion conversion() throws IOException {
    FilesOfTest files = files();
    return LxcReader.read(CONFIG, files.read(CONFIG), files);
  }

  Map<String, String> outputs() throws IOException {
    Conversion conversion = conversion();
    Export export = LxcWriter.write(conversion.domain(), "expected.xml", files());
    Map<String, String> outputs = new TreeMap<>();
    outputs.put("expected.xml", DomainWriter.write(conversion.domain()));
    outputs.put("report.txt", lines(conversion.report()));
    outputs.put("exported", export.text());
    outputs.put("exported.txt", lines(export.report()));
    return outputs;
  }

  private static String lines(List<String> lines) {
    return String.join("", lines.stream().map(line -> line + "\n").toList());
  }
}
