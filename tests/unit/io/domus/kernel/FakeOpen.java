// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a descriptor of {@link FakeSyscalls} refers to. Compared by identity. */
sealed interface FakeOpen {

  /** A file and the position in it. */
  final class File implements FakeOpen {
    final Path path;
    final FakeNode node;
    final Set<OpenFlag> flags;
    int position;

    File(Path path, FakeNode node, Set<OpenFlag> flags) {
      this.path = path;
      this.node = node;
      this.flags = flags;
    }
  }

  /** One end of a pipe. */
  final class PipeEnd implements FakeOpen {
    final boolean writes;
    final ByteArrayOutputStream content;
    PipeEnd other;
    boolean closed;

    PipeEnd(boolean writes, ByteArrayOutputStream content) {
      this.writes = writes;
      this.content = content;
    }
  }

  /** A filesystem in the making. */
  final class Context implements FakeOpen {
    final String type;
    final List<FsSetting> settings = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    boolean created;

    Context(String type) {
      this.type = type;
    }

    List<String> values(String key) {
      return settings.stream()
          .filter(FsSetting.Text.class::isInstance)
          .map(FsSetting.Text.class::cast)
          .filter(text -> text.key().equals(key))
          .map(FsSetting.Text::value)
          .toList();
    }
  }

  /** A mount, attached where {@code target} says or nowhere. */
  final class Mount implements FakeOpen {
    MountInfo.Entry entry;
    Optional<Path> target = Optional.empty();

    Mount(MountInfo.Entry entry) {
      this.entry = entry;
    }
  }

  /** A process. */
  record Process(int pid) implements FakeOpen {}
}
