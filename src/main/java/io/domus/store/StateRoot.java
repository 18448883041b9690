// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.OperationFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Where one connection keeps what it knows. */
public sealed interface StateRoot {
  /** Definitions and settings. */
  Path configuration();

  /** What survives a boot. */
  Path data();

  /** What does not. */
  Path run();

  Path logs();

  /**
   * What all roots share that may act on one another: files and directories whose names begin so.
   */
  Path shared(String name);

  /** How records that several roots read name this one. */
  Path owner();

  /** What leads here on the command line. */
  String uri();

  /**
   * All below one directory.
   *
   * @param path {@code /} for {@code lxc:///system}, any directory for {@code lxc:///embed}
   */
  record Directory(Path path) implements StateRoot {
    public Directory {
      Objects.requireNonNull(path, "path");
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("the root of the state must be absolute: " + path);
      }
      path = path.normalize();
    }

    @Override
    public Path configuration() {
      return path.resolve("etc/domus");
    }

    @Override
    public Path data() {
      return path.resolve("var/lib/domus");
    }

    @Override
    public Path run() {
      return path.resolve("run/domus");
    }

    @Override
    public Path logs() {
      return path.resolve("var/log/domus");
    }

    /** The host's, not a root's: two roots may name one directory. */
    @Override
    public Path shared(String name) {
      return Path.of("/run/domus-" + name);
    }

    @Override
    public Path owner() {
      return path;
    }

    @Override
    public String uri() {
      return isSystem() ? "lxc:///system" : "lxc:///embed?root=" + path;
    }

    boolean isSystem() {
      return path.getNameCount() == 0;
    }
  }

  /**
   * A user's own, in the directories of the XDG Base Directory Specification.
   *
   * @param configuration {@code $XDG_CONFIG_HOME/domus}
   * @param data {@code $XDG_DATA_HOME/domus}
   * @param run {@code $XDG_RUNTIME_DIR/domus}
   */
  record Session(Path configuration, Path data, Path run) implements StateRoot {
    public static final String URI = "lxc:///session";

    public Session {
      Objects.requireNonNull(configuration, "configuration");
      Objects.requireNonNull(data, "data");
      Objects.requireNonNull(run, "run");
    }

    /**
     * As the specification has it: a path that is not absolute counts as not set. It knows no
     * default for the directory of the session; that of logind is taken, which may be missing.
     *
     * @param uid of the user, as the host counts
     * @throws OperationFailedException if nothing says where the user's files are
     */
    public static Session of(Map<String, String> environment, long uid) {
      return new Session(
          directory(environment, "XDG_CONFIG_HOME", ".config").resolve("domus"),
          directory(environment, "XDG_DATA_HOME", ".local/share").resolve("domus"),
          runtime(environment, uid).resolve("domus"));
    }

    /** The session's directory, in which ours is. */
    public static Path runtime(Map<String, String> environment, long uid) {
      String set = environment.getOrDefault("XDG_RUNTIME_DIR", "");
      return set.startsWith("/") ? Path.of(set).normalize() : Path.of("/run/user/" + uid);
    }

    private static Path directory(Map<String, String> environment, String name, String below) {
      String set = environment.getOrDefault(name, "");
      if (set.startsWith("/")) {
        return Path.of(set).normalize();
      }
      String home = environment.getOrDefault("HOME", "");
      if (!home.startsWith("/")) {
        throw new OperationFailedException(
            "cannot tell where " + URI + " is: neither " + name + " nor HOME is an absolute path");
      }
      return Path.of(home).resolve(below).normalize();
    }

    @Override
    public Path logs() {
      return data.resolve("log");
    }

    /** The session's: whoever is not this user cannot have what is written to here. */
    @Override
    public Path shared(String name) {
      return run.resolve(name);
    }

    @Override
    public Path owner() {
      return data;
    }

    @Override
    public String uri() {
      return URI;
    }
  }
}
