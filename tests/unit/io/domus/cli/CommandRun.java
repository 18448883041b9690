// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a command printed and how it ended. */
record CommandRun(int status, String out, String err) {
  /** A user with a root of state of their own. */
  record User(Path root, Map<String, String> environment, String stdin) {
    static User of(Path root) {
      return new User(root, Map.of(), "");
    }

    User typing(String text) {
      return new User(root, environment, text);
    }

    User with(String variable, String value) {
      Map<String, String> more = new HashMap<>(environment);
      more.put(variable, value);
      return new User(root, more, stdin);
    }

    CommandRun run(String... args) {
      Map<String, String> all = new HashMap<>(environment);
      all.putIfAbsent("DOMUS_URI", "lxc:///embed?root=" + root);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Streams streams =
          Streams.of(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)), out, err);
      int status = new Dispatcher(streams, all, Path.of("").toAbsolutePath()).run(args);
      return new CommandRun(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
