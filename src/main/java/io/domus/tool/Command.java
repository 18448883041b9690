// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An external program to run: its arguments, what its environment has beside ours, and its working
 * directory. Prints as the line a person would type.
 *
 * @param stdin the file that it reads; nothing without one
 */
public record Command(
    List<String> argv, Map<String, String> env, Optional<Path> cwd, Optional<Path> stdin) {
  public Command {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }

  /** One that reads nothing. */
  public Command(List<String> argv, Map<String, String> env, Optional<Path> cwd) {
    this(argv, env, cwd, Optional.empty());
  }

  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  public static Command of(List<String> argv) {
    return new Command(argv, Map.of(), Optional.empty());
  }

  /** The same command with one more variable in its environment. */
  public Command withEnv(String name, String value) {
    Map<String, String> more = new TreeMap<>(env);
    more.put(name, value);
    return new Command(argv, more, cwd, stdin);
  }

  /** The same command in another working directory. */
  public Command in(Path directory) {
    return new Command(argv, env, Optional.of(directory), stdin);
  }

  /** The same command, reading a file. */
  public Command reading(Path file) {
    return new Command(argv, env, cwd, Optional.of(file));
  }

  public String program() {
    return argv.getFirst();
  }

  /** The shell line, quoted where needed, for example {@code NAME=value crun start 'a b'}. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    cwd.ifPresent(
        directory -> line.append("cd ").append(quote(directory.toString())).append(" && "));
    new TreeMap<>(env)
        .forEach((name, value) -> line.append(name).append('=').append(quote(value)).append(' '));
    line.append(argv.stream().map(Command::quote).collect(Collectors.joining(" ")));
    stdin.ifPresent(file -> line.append(" <").append(quote(file.toString())));
    return line.toString();
  }

  /** One word of a POSIX shell line. */
  public static String quote(String word) {
    if (word.matches("[A-Za-z0-9_@%+=:,./-]+")) {
      return word;
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
