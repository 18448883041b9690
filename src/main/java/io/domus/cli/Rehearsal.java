// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ConnectUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Runs what users run most, for the JVM to take note of the classes that it takes: the launcher
 * makes the ahead-of-time cache from one such run after each build. Nothing is started, and all
 * state lies in a directory given by the caller.
 */
public final class Rehearsal {
  /** Long enough for the compiled profile to know the reader's loops. */
  private static final int ROUNDS = 30;

  private static final String SUFFIX = ".class";

  private final Path home;
  private final Path directory;

  private Rehearsal(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  /** {@code Rehearsal DIRECTORY}: an empty directory. */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(System.getProperty("domus.home"));
    new Rehearsal(home, Path.of(args[0]).toAbsolutePath()).run();
  }

  private void run() throws IOException {
    Path file = directory.resolve("rehearsal.xml");
    // Its layers do not exist, so a start goes as far as it can without touching the machine.
    Files.writeString(file, definition());
    String name = "rehearsal";
    command("define", file.toString());
    for (int round = 0; round < ROUNDS; round++) {
      command("validate", file.toString());
      command("list", "--all");
    }
    for (List<String> words :
        List.of(
            List.of("plan", name),
            List.of("plan", "--format", "json", name),
            List.of("plan", "--format", "shell", file.toString()),
            List.of("list", "-o", "json"),
            List.of("validate", "--schema-only", file.toString()),
            List.of("validate", directory + "/none.xml"),
            List.of("start", "--dry-run", name),
            List.of("start", name),
            List.of("exec", name, "--", "true"),
            List.of("destroy", name),
            List.of("domstate", "--reason", name),
            List.of("dominfo", name),
            List.of("dumpxml", name),
            List.of("logs", name),
            List.of("shutdown", name),
            List.of("drain-exits"),
            List.of("start", "--help"),
            List.of("--help"),
            List.of("unknown"),
            List.of("version"),
            List.of("undefine", name))) {
      command(words.toArray(String[]::new));
    }
    loadAll();
  }

  private void command(String... words) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    Streams streams = Streams.of(new ByteArrayInputStream(new byte[0]), nowhere, nowhere);
    Map<String, String> environment = Map.of("DOMUS_URI", ConnectUri.embedded(directory).text());
    new Dispatcher(streams, environment, home).run(words);
  }

  /** What only a guest would bring about is loaded at least. */
  private static void loadAll() throws IOException {
    String place = Main.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (JarFile jar = new JarFile(place)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith("io/domus/") && name.endsWith(SUFFIX)) {
          load(name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'));
        }
      }
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, Main.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError skipped) {
      return;
    }
  }

  private String definition() {
    return """
    <domain type='lxc'>
      <name>rehearsal</name>
      <memory unit='MiB'>64</memory>
      <os><type>exe</type><init>/sbin/init</init><initarg>x</initarg></os>
      <features><privnet/></features>
      <devices>
        <console type='pty'/>
        <filesystem type='overlay' accessmode='passthrough'>
          <driver><option name='xino' value='off'/></driver>
          <source dir='%1$s/none/u'/>
          <source dir='%1$s/none/w'/>
          <backingStore type='overlay'>
            <source dir='%1$s/none/iu'/>
            <source dir='%1$s/none/iw'/>
            <backingStore type='dir'><target dir='%1$s/none/l1'/></backingStore>
          </backingStore>
          <backingStore type='file'>
            <format type='qcow2'/><source file='%1$s/none/i.qcow2'/>
          </backingStore>
          <target dir='/'/>
        </filesystem>
        <filesystem type='mount'><source dir='%1$s/none/h'/><target dir='/data'/><readonly/></filesystem>
        <filesystem type='ram'><source usage='1' units='MiB'/><target dir='/ram'/></filesystem>
      </devices>
    </domain>
    """
        .formatted(directory);
  }
}
