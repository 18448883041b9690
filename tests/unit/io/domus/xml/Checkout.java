// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of the checkout that the tests run in. */
final class Checkout {
  private Checkout() {}

  static Path path(String relative) {
    return Path.of(System.getProperty("domus.checkout", ".")).resolve(relative);
  }

  static Path rejected() {
    return path("tests/golden/rejected");
  }

  static List<Path> examples() throws IOException {
    return documents(path("conf/examples"));
  }

  static List<Path> accepted() throws IOException {
    return documents(path("tests/golden/accepted"));
  }

  static List<Path> networks() throws IOException {
    List<Path> networks = new ArrayList<>(documents(path("conf/examples/networks")));
    networks.addAll(documents(path("conf/networks")));
    return networks;
  }

  static List<Path> snapshots() throws IOException {
    return documents(path("conf/examples/snapshots"));
  }

  /** Valid documents of all kinds. */
  static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>(examples());
    all.addAll(accepted());
    all.addAll(networks());
    all.addAll(snapshots());
    return all;
  }

  static List<Path> rejectedDocuments() throws IOException {
    return documents(rejected());
  }

  private static List<Path> documents(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
    }
  }

  static Path schema(DocumentKind kind) {
    return path("schemas").resolve(kind.schema());
  }
}
