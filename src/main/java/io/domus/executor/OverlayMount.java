// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Errno;
import io.domus.kernel.Fd;
import io.domus.kernel.FsContext;
import io.domus.kernel.KernelException;
import io.domus.kernel.MountFlag;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.Syscalls;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Overlays: by {@code lowerdir+} with one layer a call; by mount(2) and short names where the names
 * are long or many, and on kernels before 6.7, which lack {@code lowerdir+}.
 */
public final class OverlayMount {
  /** fsconfig(2) takes no longer string. */
  private static final int LONGEST_VALUE = 255;

  /** A mountinfo line that CRIU and mount(2) can still take, with room for its other fields. */
  private static final int LONGEST_LINE = 3500;

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Syscalls syscalls;
  private final boolean layerByLayer;

  /**
   * @param layerByLayer whether the kernel knows {@code lowerdir+}
   */
  public OverlayMount(Syscalls syscalls, boolean layerByLayer) {
    this.syscalls = syscalls;
    this.layerByLayer = layerByLayer;
  }

  void mount(MountSpec.Overlay overlay, Path target) throws IOException {
    List<Fd> opened = new ArrayList<>();
    try {
      Layers layers = names(overlay, opened);
      if (layerByLayer && opened.isEmpty()) {
        configure(overlay, layers, target);
      } else {
        mountShort(overlay, layers, target);
      }
    } finally {
      for (Fd fd : opened) {
        fd.close();
      }
    }
  }

  /** The names under which the kernel is told of the directories. */
  private record Layers(List<String> lowers, String upper, String work) {}

  /**
   * Real names where they fit, because people read mountinfo; short ones by descriptor where one
   * exceeds what a call takes or all together exceed a line.
   */
  private Layers names(MountSpec.Overlay overlay, List<Fd> opened) throws IOException {
    List<Path> all = new ArrayList<>(overlay.lowers());
    overlay.writable().ifPresent(writable -> all.add(writable.upper()));
    overlay.writable().ifPresent(writable -> all.add(writable.work()));
    int total = 0;
    boolean shorten = false;
    for (Path path : all) {
      String name = path.toString();
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      total += shownLength(name) + "lowerdir+=,".length();
      // overlayfs takes a backslash in upperdir and workdir for an escape, whoever passes it.
      shorten |= length > LONGEST_VALUE || name.indexOf('\\') >= 0;
      shorten |= !layerByLayer && name.indexOf(',') >= 0;
    }
    shorten |= total > LONGEST_LINE;
    List<String> names = new ArrayList<>();
    for (Path path : all) {
      names.add(shorten ? shortName(path, opened) : path.toString());
    }
    int lowers = overlay.lowers().size();
    return overlay.writable().isPresent()
        ? new Layers(names.subList(0, lowers), names.get(lowers), names.get(lowers + 1))
        : new Layers(names, "", "");
  }

  /** In bytes, as mountinfo shows a name: what would end an option or a line takes four. */
  static int shownLength(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    return length + 3 * (int) name.chars().filter(each -> ", \t\n\\".indexOf(each) >= 0).count();
  }

  private String shortName(Path path, List<Fd> opened) throws IOException {
    try {
      Fd fd = syscalls.open(path, OpenFlag.PATH, OpenFlag.DIRECTORY);
      opened.add(fd);
      return fd.path().toString();
    } catch (KernelException failure) {
      throw new IOException(path + ": " + failure.reason(), failure);
    }
  }

  private void configure(MountSpec.Overlay overlay, Layers layers, Path target) throws IOException {
    try (FsContext context = FsContext.open(syscalls, "overlay")) {
      context.set("source", "overlay");
      for (int index = 0; index < layers.lowers().size(); index++) {
        append(context, layers.lowers().get(index), overlay.lowers().get(index));
      }
      if (overlay.writable().isPresent()) {
        context.set("upperdir", layers.upper());
        context.set("workdir", layers.work());
      }
      for (Map.Entry<String, String> option : overlay.options().entrySet()) {
        if (MountSpec.Overlay.isFlag(option.getKey())) {
          context.flag(option.getKey());
        } else {
          context.set(option.getKey(), option.getValue());
        }
      }
      try (Fd mount = context.mount(MountInterpreter.attributes(overlay.flags()))) {
        syscalls.moveMount(mount, target);
      }
    } catch (KernelException failure) {
      throw new IOException(reason(overlay, failure), failure);
    }
  }

  /** The kernel tells its log alone when workdir lies elsewhere. */
  private String reason(MountSpec.Overlay overlay, KernelException failure) throws IOException {
    if (failure.errno().equals(Errno.EINVAL) && overlay.writable().isPresent()) {
      MountSpec.Overlay.Writable writable = overlay.writable().get();
      boolean together =
          syscalls.stat(writable.upper()).device().equals(syscalls.stat(writable.work()).device());
      if (!together) {
        return "workdir '%s' is not on the filesystem of upperdir '%s'"
            .formatted(writable.work(), writable.upper());
      }
    }
    return failure.reason();
  }

  private static void append(FsContext context, String name, Path layer) throws IOException {
    try {
      context.set("lowerdir+", name);
    } catch (KernelException failure) {
      throw new IOException("lowerdir '" + layer + "': " + failure.reason(), failure);
    }
  }

  /**
   * By mount(2), whose one string for all layers makes the shortest mountinfo line: CRIU reads one
   * of 4 KiB, and so 500 layers still fit.
   */
  private void mountShort(MountSpec.Overlay overlay, Layers layers, Path target)
      throws IOException {
    try {
      mountTwo(overlay, layers, target);
    } catch (KernelException failure) {
      if (layerByLayer) {
        // The other way fails as well, but with the kernel's own sentence.
        configure(overlay, layers, target);
        return;
      }
      throw new IOException(failure.reason(), failure);
    }
  }

  private void mountTwo(MountSpec.Overlay overlay, Layers layers, Path target) throws IOException {
    List<String> options = new ArrayList<>();
    options.add(
        "lowerdir="
            + String.join(":", layers.lowers().stream().map(OverlayMount::escape).toList()));
    if (overlay.writable().isPresent()) {
      options.add("upperdir=" + layers.upper());
      options.add("workdir=" + layers.work());
    }
    options.addAll(overlay.optionWords());
    // mount(2) takes a page of options: with names relative to the descriptors' directory even 500
    // layers fit. This thread has left the process's working directory, so it may change its own.
    syscalls.chdir(DESCRIPTORS);
    try {
      syscalls.mount(
          "overlay",
          target,
          "overlay",
          flags(overlay.flags()),
          String.join(",", options).replace(DESCRIPTORS + "/", ""));
    } finally {
      syscalls.chdir(Path.of("/"));
    }
  }

  private static String escape(String layer) {
    return layer.replace("\\", "\\\\").replace(":", "\\:");
  }

  private static Set<MountFlag> flags(MountFlags flags) {
    EnumSet<MountFlag> set = EnumSet.noneOf(MountFlag.class);
    if (flags.readonly()) {
      set.add(MountFlag.RDONLY);
    }
    if (flags.nosuid()) {
      set.add(MountFlag.NOSUID);
    }
    if (flags.nodev()) {
      set.add(MountFlag.NODEV);
    }
    if (flags.noexec()) {
      set.add(MountFlag.NOEXEC);
    }
    if (flags.noatime()) {
      set.add(MountFlag.NOATIME);
    }
    return set;
  }
}
