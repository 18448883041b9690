// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.GuestPath;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is mounted. */
public sealed interface MountSpec {
  MountFlags flags();

  /**
   * Layers merged by overlayfs.
   *
   * @param lowers the topmost first; at least two if there is no upper
   * @param options every overlayfs option that matters, never left to the host's defaults
   */
  record Overlay(
      List<Path> lowers, Optional<Writable> writable, Map<String, String> options, MountFlags flags)
      implements MountSpec {
    /** The writable layer and its work directory, on one filesystem. */
    public record Writable(Path upper, Path work) {
      public Writable {
        Objects.requireNonNull(upper, "upper");
        Objects.requireNonNull(work, "work");
      }
    }

    public Overlay {
      lowers = List.copyOf(lowers);
      Objects.requireNonNull(writable, "writable");
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      Objects.requireNonNull(flags, "flags");
      if (lowers.isEmpty() || (writable.isEmpty() && lowers.size() < 2)) {
        throw new IllegalArgumentException("overlayfs mounts one layer alone only below an upper");
      }
    }

    /**
     * The options as mount(8) takes them; those that overlayfs knows as bare words have no value.
     */
    public List<String> optionWords() {
      return options.entrySet().stream()
          .map(
              option ->
                  isFlag(option.getKey())
                      ? option.getKey()
                      : option.getKey() + "=" + option.getValue())
          .toList();
    }

    /** True for options that are given by name alone, and only when they are on. */
    public static boolean isFlag(String option) {
      return option.equals("volatile") || option.equals("userxattr");
    }
  }

  /**
   * A tree of the host.
   *
   * @param ids whose its files are
   */
  record Bind(Path source, boolean recursive, MountFlags flags, ShownIds ids) implements MountSpec {
    public Bind {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(flags, "flags");
      Objects.requireNonNull(ids, "ids");
    }
  }

  /**
   * A path of the guest, resolved below {@code base} without ever leaving it: symbolic links inside
   * a guest must not lead to the host's files.
   */
  record GuestBind(Path base, GuestPath path, MountFlags flags) implements MountSpec {
    public GuestBind {
      Objects.requireNonNull(base, "base");
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(flags, "flags");
    }
  }

  /**
   * @param bytes size limit
   * @param owner user and group of its root
   */
  record Tmpfs(long bytes, int mode, long owner, MountFlags flags) implements MountSpec {
    /** One that is the host's root's. */
    public Tmpfs(long bytes, int mode, MountFlags flags) {
      this(bytes, mode, 0, flags);
    }

    public Tmpfs {
      Objects.requireNonNull(flags, "flags");
      if (bytes <= 0) {
        throw new IllegalArgumentException("a tmpfs needs a size");
      }
    }
  }

  /**
   * A filesystem on a block device; its type is read from the device when it is mounted.
   *
   * @param ids whose its files are
   */
  record Device(Path device, MountFlags flags, ShownIds ids) implements MountSpec {
    public Device {
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(flags, "flags");
      Objects.requireNonNull(ids, "ids");
    }
  }
}
