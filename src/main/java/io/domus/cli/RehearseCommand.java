// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ConnectUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Does what commands do, in a root of its own and without a guest, so that the JVM can write down
 * which classes that takes; the launcher calls it once after a build.
 */
final class RehearseCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("rehearse", "Do what commands do, for the JVM's cache of classes.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    Path root = Files.createTempDirectory("domus-rehearsal");
    try {
      rehearse(session, root);
      loadAll();
      return OK;
    } finally {
      try (Stream<Path> ours = Files.walk(root)) {
        for (Path path : ours.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void rehearse(Session session, Path root) {
    String file = session.home().resolve("conf/demo/web.xml").toString();
    List<String> lines =
        List.of(
            "--help",
            "list --all",
            "define FILE",
            "list --all",
            "list -o json",
            "validate FILE",
            "validate --schema-only FILE",
            "plan FILE",
            "plan --format json web",
            "plan --format shell web",
            "dumpxml web",
            "dominfo web",
            "domstate --reason web",
            "logs web",
            "define --dry-run FILE",
            "define NONE",
            "start NONE",
            "destroy web",
            "exec web true",
            "start --help",
            "help",
            "unknown",
            "version",
            "undefine web");
    ConnectUri uri = ConnectUri.embedded(root);
    for (String line : lines) {
      String[] words = ("-c URI " + line).split(" ");
      for (int index = 0; index < words.length; index++) {
        words[index] = words[index].replace("URI", uri.text()).replace("FILE", file);
      }
      run(session, words);
    }
  }

  private static void run(Session session, String... words) {
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    OutputStream nowhere = OutputStream.nullOutputStream();
    Streams streams = Streams.of(nothing, nowhere, nowhere);
    new Dispatcher(streams, session.environment(), session.home()).run(words);
  }

  /** What only a guest would bring about is loaded at least. */
  private static void loadAll() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith("io/domus/") && name.endsWith(".class")) {
          load(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
  }

  private static Path jar() throws IOException {
    try {
      URI place = Main.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place);
    } catch (URISyntaxException odd) {
      throw new IOException(odd);
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, Main.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError skipped) {
      return;
    }
  }
}
