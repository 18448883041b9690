// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Runs typical commands in one process, so that the JVM can write down which classes they load: the
 * launcher has this done once, and every later command starts from those notes.
 *
 * <p>{@code Rehearsal ROOT FILE NAME}: an empty directory for the state and the layers, and a
 * definition with the name it gives. Its guest is not started. One of the rehearsal's own is, as
 * far as the mounts, which are the namespace's of a thread of ours, and without any container. In a
 * network namespace of our own, a network is started for one more, too.
 */
public final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] args) throws IOException, URISyntaxException {
    String file = args[1];
    String name = args[2];
    Path root = Path.of(args[0]);
    perform(root, Set.of(), commands(file, name, GuestOfRehearsal.write(root)));
    if (hasOwnNetwork()) {
      Path network = NetworkOfRehearsal.network(root);
      Path guest = NetworkOfRehearsal.guest(root);
      perform(root, PretendedPrograms.OF_NETWORKS, networkCommands(network, guest));
    }
    loadEverything();
  }

  static List<List<String>> networkCommands(Path network, Path guest) {
    return List.of(
        List.of("net-define", network.toString()),
        List.of("net-start", NetworkOfRehearsal.NAME),
        List.of("net-list"),
        List.of("define", guest.toString()),
        List.of("start", NetworkOfRehearsal.NAME),
        List.of("domifaddr", NetworkOfRehearsal.NAME),
        List.of("destroy", NetworkOfRehearsal.NAME),
        List.of("undefine", NetworkOfRehearsal.NAME),
        List.of("net-destroy", NetworkOfRehearsal.NAME),
        List.of("net-undefine", NetworkOfRehearsal.NAME));
  }

  /**
   * Whether this process is in a network namespace that was just made for it: another one than the
   * first process's, with nothing in it.
   */
  static boolean hasOwnNetwork() {
    try {
      Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
      Path first = Files.readSymbolicLink(Path.of("/proc/1/ns/net"));
      List<String> devices = Files.readAllLines(Path.of("/proc/net/dev"));
      return !own.equals(first) && devices.stream().filter(line -> line.contains(":")).count() == 1;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static List<List<String>> commands(String file, String name, Path own) {
    return List.of(
        List.of("validate", file),
        List.of("plan", file),
        List.of("plan", file, "--format", "json"),
        List.of("define", file),
        List.of("list", "--all"),
        List.of("list", "--all", "-o", "json"),
        List.of("dominfo", name),
        List.of("domstate", name, "--reason"),
        List.of("dumpxml", name),
        List.of("start", name, "--dry-run"),
        List.of("exec", name, "--", "true"),
        List.of("destroy", name),
        List.of("undefine", name),
        List.of("define", own.toString()),
        List.of("start", GuestOfRehearsal.NAME),
        List.of("list", "--all"),
        List.of("dominfo", GuestOfRehearsal.NAME),
        List.of("exec", GuestOfRehearsal.NAME, "--", "true"),
        List.of("destroy", GuestOfRehearsal.NAME),
        List.of("start", GuestOfRehearsal.NAME),
        List.of("destroy", GuestOfRehearsal.NAME),
        List.of("undefine", GuestOfRehearsal.NAME));
  }

  private static void perform(Path root, Set<String> real, List<List<String>> commands) {
    commands.forEach(command -> perform("lxc:///embed?root=" + root, real, command));
  }

  /** How a command ends does not matter here, not even by a fault of ours. */
  private static void perform(String uri, Set<String> real, List<String> command) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Streams streams =
        new Streams(
            InputStream.nullInputStream(), OutputStream.nullOutputStream(), nowhere, nowhere);
    Path home = Path.of(System.getProperty("domus.home", "/usr/share/domus"));
    Map<String, String> environment = Map.of("DOMUS_URI", uri);
    try {
      new Dispatcher(streams, environment, home, runner -> new PretendedPrograms(runner, real))
          .run(command.toArray(String[]::new));
    } catch (RuntimeException fault) {
      // Whoever runs the command itself gets to see it.
    }
  }

  private static void loadEverything() throws IOException, URISyntaxException {
    Path jar = Path.of(Rehearsal.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile classes = new JarFile(jar.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) classes.stream()::iterator) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.endsWith("-info.class")) {
          load(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, Rehearsal.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      // It is then loaded when it is needed, as it would have been without a rehearsal.
    }
  }
}
