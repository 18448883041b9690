// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.file.Files;
import java.nio.file.Path;

/** A guest whose init is a Python program, with the machine's own {@code /usr} to run from. */
final class PythonGuest {
  private PythonGuest() {}

  /** With an overlay of {@code NAME-upper} and {@code NAME-work} of the site. */
  static DomainXml of(Site site, String name, String program, String... arguments)
      throws Exception {
    Path tree = site.path(name + "-tree");
    GuestTree.make(tree);
    for (String link : new String[] {"lib", "lib64"}) {
      Files.createSymbolicLink(tree.resolve(link), Path.of("usr", link));
    }
    Files.createDirectories(tree.resolve("usr"));
    Files.createDirectories(tree.resolve("run"));
    Files.writeString(tree.resolve("program.py"), program);
    String[] init = new String[arguments.length + 3];
    init[0] = "/usr/bin/python3";
    init[1] = "-u";
    init[2] = "/program.py";
    System.arraycopy(arguments, 0, init, 3, arguments.length);
    return DomainXml.named(name)
        .memory(256)
        .init(init)
        .device(
            Filesystems.overlay(
                site.empty(name + "-upper"),
                site.empty(name + "-work"),
                "/",
                Filesystems.directory(tree)))
        .device(Filesystems.mount(Path.of("/usr"), "/usr", "<readonly/>"));
  }
}
