// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.tool.Ssh;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a guest is to go: a root of state of this host, {@code lxc:///system} or {@code
 * lxc:///embed?root=DIR}, or of another one, {@code lxc+ssh://[USER@]HOST[:PORT]/system} or {@code
 * .../embed?root=DIR}, where {@code command=} names Domus over there, {@code keyfile=} the key, and
 * {@code no_verify=1} takes any key of the host's.
 *
 * @param text as it was given
 * @param far empty for this host
 * @param command of Domus, there
 */
public record MigrationUri(String text, Optional<Ssh> far, ConnectUri root, String command) {
  private static final String SSH = "lxc+ssh://";

  private static final String EXPECTED =
      "expected lxc+ssh://[USER@]HOST[:PORT]/system or .../embed?root=DIR";

  private static final Pattern FORM =
      Pattern.compile(
          "lxc\\+ssh://(?:([^@/?]+)@)?(\\[[^\\]/?]+\\]|[^:@/?\\[\\]]+)(?::(\\d{1,5}))?"
              + "/(system|embed)?(?:\\?(.*))?");

  public MigrationUri {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(far, "far");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(command, "command");
  }

  /**
   * @throws OperationFailedException saying what is wrong with it
   */
  public static MigrationUri parse(String text) {
    if (!text.startsWith(SSH)) {
      if (!text.startsWith("lxc:///")) {
        throw fault(text, EXPECTED + ", or lxc:///system or lxc:///embed?root=DIR");
      }
      ConnectUri root = new ConnectUri(text);
      root.root();
      return new MigrationUri(text, Optional.empty(), root, "");
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw fault(text, EXPECTED);
    }
    return new Parameters(text, Optional.ofNullable(parts.group(5)).orElse("")).read(parts);
  }

  /** What {@code -c} says over there. */
  public List<String> receiver() {
    return List.of(command, "-c", root.text(), "migrate-receive");
  }

  private static OperationFailedException fault(String text, String why) {
    return new OperationFailedException("no destination '" + text + "': " + why);
  }

  /** What follows the question mark. */
  private static final class Parameters {
    private final String text;
    private final String query;
    private Optional<String> directory = Optional.empty();
    private Optional<Path> keyfile = Optional.empty();
    private String command = "domus";
    private boolean verify = true;

    Parameters(String text, String query) {
      this.text = text;
      this.query = query;
    }

    MigrationUri read(Matcher parts) {
      for (String parameter : query.split("&")) {
        if (!parameter.isEmpty()) {
          take(parameter);
        }
      }
      boolean embedded = "embed".equals(parts.group(4));
      if (embedded != directory.isPresent()) {
        throw fault(text, embedded ? "embed needs root=DIR" : "root= is for .../embed");
      }
      ConnectUri root = directory.map(Path::of).map(ConnectUri::embedded).orElse(ConnectUri.SYSTEM);
      root.root();
      try {
        Ssh far =
            new Ssh(
                parts.group(2).replaceAll("[\\[\\]]", ""),
                Optional.ofNullable(parts.group(1)),
                Optional.ofNullable(parts.group(3)).map(Integer::valueOf),
                keyfile,
                verify);
        return new MigrationUri(text, Optional.of(far), root, command);
      } catch (IllegalArgumentException fault) {
        throw fault(text, fault.getMessage());
      }
    }

    private void take(String parameter) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      switch (name) {
        case "root" -> directory = Optional.of(value);
        case "command" -> command = word(value);
        case "keyfile" -> keyfile = Optional.of(Path.of(value));
        case "no_verify" -> verify = flag(value);
        default -> throw fault(text, "it has no parameter '" + name + "'");
      }
    }

    private boolean flag(String value) {
      return switch (value) {
        case "0" -> true;
        case "1" -> false;
        default -> throw fault(text, "no_verify is 0 or 1");
      };
    }

    private String word(String value) {
      if (value.isEmpty() || value.startsWith("-")) {
        throw fault(text, "command= names no program");
      }
      return value;
    }

    private String decoded(String value) {
      try {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException wrong) {
        throw fault(text, "'" + value + "' is not encoded as URIs are");
      }
    }
  }
}
