// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.DeviceNumber;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * What a tar says of a file. Names are bytes, a character of the string each, since not all are
 * text; {@link #shown} is for people.
 *
 * @param stored how many bytes of content the tar holds; fewer than the file has if it is sparse
 * @param link what a link leads to, empty for anything else
 * @param attributes names of its extended attributes
 */
record TarEntry(
    Kind kind, String name, long stored, String link, DeviceNumber device, Set<String> attributes) {

  enum Kind {
    FILE('0'),
    HARD_LINK('1'),
    SYMBOLIC_LINK('2'),
    CHARACTER('3'),
    BLOCK('4'),
    DIRECTORY('5'),
    FIFO('6');

    private final char flag;

    Kind(char flag) {
      this.flag = flag;
    }

    char flag() {
      return flag;
    }
  }

  TarEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(device, "device");
    attributes = Set.copyOf(attributes);
  }

  String shown() {
    return shown(name);
  }

  /** On one line, whatever it holds. */
  static String shown(String bytes) {
    String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder("'");
    text.chars()
        .forEach(
            one -> {
              if (Character.isISOControl(one)) {
                line.append("\\x%02x".formatted(one));
              } else {
                line.append((char) one);
              }
            });
    return line.append('\'').toString();
  }
}
