// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.tool.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Mounts as commands: mount(8) of util-linux 2.39 or later, for {@code ro=recursive}. */
final class ShellMount {
  /** fsconfig(2) takes no longer value, and mount(8) passes each option through it. */
  private static final int LONGEST_VALUE = 255;

  private final List<String> lines = new ArrayList<>();
  private final Path target;

  private ShellMount(Path target) {
    this.target = target;
  }

  static List<String> lines(Step.MountFilesystem step) {
    ShellMount mount = new ShellMount(step.target());
    String flags = String.join(",", step.spec().flags().words());
    switch (step.spec()) {
      case MountSpec.Overlay overlay -> mount.overlay(overlay, flags);
      case MountSpec.Bind bind -> mount.bind(bind);
      case MountSpec.GuestBind bind -> mount.guestBind(bind);
      case MountSpec.Tmpfs tmpfs ->
          mount.add(
              "mount",
              "-t",
              "tmpfs",
              "tmpfs",
              "-o",
              flags
                  + ",size="
                  + tmpfs.bytes()
                  + ",mode="
                  + String.format("%04o", tmpfs.mode())
                  + (tmpfs.owner() == 0 ? "" : ",uid=" + tmpfs.owner() + ",gid=" + tmpfs.owner()),
              step.target());
      case MountSpec.Device device ->
          mount.add(
              "mount",
              "-o",
              String.join(",", all(List.of(flags), mapped(device.ids()))),
              device.device(),
              step.target());
    }
    return mount.lines;
  }

  private void add(Object... words) {
    lines.add(PlanShell.line(words));
  }

  private void bind(MountSpec.Bind bind) {
    MountFlags flags = bind.flags();
    List<Object> words = new ArrayList<>(List.of("mount"));
    words.addAll(
        bind.recursive()
            ? List.of("--rbind", "--make-rprivate")
            : List.of("--bind", "--make-private"));
    List<String> below =
        !bind.recursive() || flags.none()
            ? List.of()
            : flags.words().stream()
                .filter(word -> !word.equals("rw"))
                .map(word -> word + "=recursive")
                .toList();
    List<String> options = all(below, mapped(bind.ids()));
    if (!options.isEmpty()) {
      words.addAll(List.of("-o", String.join(",", options)));
    }
    words.addAll(List.of(bind.source(), target));
    add(words.toArray());
    if (!flags.none()) {
      add("mount", "-o", "remount,bind," + String.join(",", flags.words()), target);
    }
  }

  private static List<String> mapped(ShownIds ids) {
    return ids.same()
        ? List.of()
        : List.of(
            "X-mount.idmap="
                + ids.words().stream().map(word -> "b:" + word).collect(Collectors.joining(" ")));
  }

  private static List<String> all(List<String> some, List<String> more) {
    List<String> both = new ArrayList<>(some);
    both.addAll(more);
    return both;
  }

  /** A shell follows a link in the guest's path as the host's, which the executor does not. */
  private void guestBind(MountSpec.GuestBind bind) {
    Path source = Path.of(bind.base() + bind.path().value());
    String there = Command.quote(source.toString());
    String here = Command.quote(target.toString());
    lines.add("# safe only if no part of this path is a link out of the guest");
    lines.add("if [ -d " + there + " ]; then mkdir -p " + here + "; else : > " + here + "; fi");
    bind(new MountSpec.Bind(source, true, bind.flags(), ShownIds.SAME));
  }

  private void overlay(MountSpec.Overlay overlay, String flags) {
    List<String> options = new ArrayList<>();
    int length =
        overlay.lowers().stream().mapToInt(lower -> length(escape(lower.toString())) + 1).sum() - 1;
    List<String> names = overlay.lowers().stream().map(lower -> name(lower, "lower")).toList();
    if (length > LONGEST_VALUE) {
      names.forEach(name -> options.add("lowerdir+=" + name));
    } else {
      options.add(
          "lowerdir=" + names.stream().map(ShellMount::escape).collect(Collectors.joining(":")));
    }
    overlay
        .writable()
        .ifPresent(
            writable -> {
              options.add("upperdir=" + name(writable.upper(), "upper"));
              options.add("workdir=" + name(writable.work(), "work"));
            });
    options.addAll(overlay.optionWords());
    options.add(flags);
    add("mount", "-t", "overlay", "overlay", "-o", String.join(",", options), target);
  }

  /**
   * A path as mount(8) and overlayfs take it. One that is too long, or holds what either of them
   * reads as syntax, gets a link beside the mount point for its name.
   */
  private String name(Path path, String role) {
    String text = path.toString();
    boolean plain = text.chars().noneMatch(character -> ",\\\"".indexOf(character) >= 0);
    if (plain && length(text) <= LONGEST_VALUE) {
      return text;
    }
    Path link = target.resolveSibling(target.getFileName() + "." + role + lines.size());
    add("ln", "-s", path, link);
    return link.toString();
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Colons divide a lowerdir list. */
  private static String escape(String lower) {
    return lower.replace(":", "\\:");
  }
}
