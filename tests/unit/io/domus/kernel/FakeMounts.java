// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Mount tables: the host's, and one for each thread that has left it. */
final class FakeMounts {
  private static final int TEXT_LIMIT = 255;
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "tmpfs", Set.of("source", "size", "mode", "nr_inodes", "uid", "gid"),
          "overlay",
              Set.of(
                  "source",
                  "lowerdir",
                  "lowerdir+",
                  "upperdir",
                  "workdir",
                  "redirect_dir",
                  "metacopy",
                  "index",
                  "xino",
                  "volatile",
                  "userxattr",
                  "uuid",
                  "nfs_export"),
          "ext4", Set.of("source", "ro", "rw"),
          "xfs", Set.of("source", "ro", "rw", "nouuid"),
          "squashfs", Set.of("source", "ro"));

  private final FakeFiles files;
  private final List<MountInfo.Entry> host = new ArrayList<>();
  private final Map<Thread, List<MountInfo.Entry>> apart = new java.util.HashMap<>();
  private int ids = 100;

  FakeMounts(FakeFiles files) {
    this.files = files;
  }

  List<MountInfo.Entry> current() {
    return apart.getOrDefault(Thread.currentThread(), host);
  }

  List<MountInfo.Entry> host() {
    return host;
  }

  void leave() {
    apart.put(Thread.currentThread(), new ArrayList<>(current()));
  }

  void configure(FakeOpen.Context context, FsSetting setting) throws KernelException {
    switch (setting) {
      case FsSetting.Flag flag -> known(context, flag.key(), setting);
      case FsSetting.Text text -> {
        known(context, text.key(), setting);
        if (text.value().length() > TEXT_LIMIT) {
          throw FakeFiles.failure("fsconfig", setting, Errno.EINVAL);
        }
        if (text.key().equals("lowerdir+") && !context.values("lowerdir").isEmpty()) {
          throw FakeFiles.failure("fsconfig", setting, Errno.EINVAL);
        }
        if (text.key().equals("lowerdir+") && !text.value().startsWith("/proc/self/fd/")) {
          files.get("fsconfig lowerdir+", Path.of(text.value()));
        }
      }
      case FsSetting.Descriptor descriptor -> known(context, descriptor.key(), setting);
      case FsSetting.Create _ -> create(context, setting);
    }
    context.settings.add(setting);
  }

  private static void known(FakeOpen.Context context, String key, FsSetting setting)
      throws KernelException {
    if (!KEYS.get(context.type).contains(key)) {
      context.log.add(context.type + ": Unknown parameter '" + key + "'");
      throw FakeFiles.failure("fsconfig", setting, Errno.EINVAL);
    }
  }

  private static void create(FakeOpen.Context context, FsSetting setting) throws KernelException {
    if (context.type.equals("overlay")) {
      long lowers =
          context.settings.stream()
              .filter(s -> s.toString().startsWith("lowerdir"))
              .mapToLong(s -> s instanceof FsSetting.Text text ? text.value().split(":").length : 1)
              .sum();
      boolean upper = !context.values("upperdir").isEmpty();
      boolean work = !context.values("workdir").isEmpty();
      if (lowers < (upper ? 1 : 2) || upper != work) {
        throw FakeFiles.failure("fsconfig", setting, Errno.EINVAL);
      }
    }
    context.created = true;
  }

  static boolean knows(String type) {
    return KEYS.containsKey(type);
  }

  MountInfo.Entry entry(
      String type, String source, String root, Set<String> attributes, List<String> options) {
    Set<String> all = new TreeSet<>(attributes);
    if (!all.contains("ro")) {
      all.add("rw");
    }
    int id = ids++;
    return new MountInfo.Entry(
        id,
        1,
        new DeviceNumber(0, id),
        root,
        Path.of("/"),
        List.copyOf(all),
        List.of(),
        type,
        source,
        options);
  }

  /** The names mountinfo has for attributes. */
  static Set<String> names(Set<MountAttribute> attributes) {
    Set<String> names = new TreeSet<>();
    for (MountAttribute attribute : attributes) {
      names.add(
          switch (attribute) {
            case RDONLY -> "ro";
            case NOSUID -> "nosuid";
            case NODEV -> "nodev";
            case NOEXEC -> "noexec";
            case NOATIME -> "noatime";
          });
    }
    return names;
  }

  void attach(FakeOpen.Mount mount, Path target) throws KernelException {
    files.get("move_mount to", target);
    mount.target = java.util.Optional.of(target);
    mount.entry = at(mount.entry, target);
    current().add(mount.entry);
  }

  void add(MountInfo.Entry entry, Path target) {
    current().add(at(entry, target));
  }

  private static MountInfo.Entry at(MountInfo.Entry entry, Path target) {
    return new MountInfo.Entry(
        entry.id(),
        entry.parent(),
        entry.device(),
        entry.root(),
        target,
        entry.options(),
        entry.fields(),
        entry.type(),
        entry.source(),
        entry.superOptions());
  }

  void change(FakeOpen.Mount mount, MountChange change) {
    Set<String> options = new TreeSet<>(mount.entry.options());
    options.removeAll(names(change.clear()));
    options.addAll(names(change.set()));
    options.remove(options.contains("ro") ? "rw" : "ro");
    List<MountInfo.Entry> table = current();
    int index = table.indexOf(mount.entry);
    MountInfo.Entry old = mount.entry;
    mount.entry =
        new MountInfo.Entry(
            old.id(),
            old.parent(),
            old.device(),
            old.root(),
            old.target(),
            List.copyOf(options),
            old.fields(),
            old.type(),
            old.source(),
            old.superOptions());
    if (index >= 0) {
      table.set(index, mount.entry);
    }
  }

  void remove(Path target, Set<UnmountFlag> flags) throws KernelException {
    MountInfo.Entry top =
        new MountInfo(current())
            .at(target)
            .orElseThrow(() -> FakeFiles.failure("umount", target, Errno.EINVAL));
    List<MountInfo.Entry> table = current();
    List<MountInfo.Entry> over =
        table.subList(table.indexOf(top) + 1, table.size()).stream()
            .filter(entry -> entry.target().startsWith(target))
            .toList();
    if (!over.isEmpty() && !flags.contains(UnmountFlag.DETACH)) {
      throw FakeFiles.failure("umount", target, Errno.EBUSY);
    }
    table.remove(top);
    table.removeAll(over);
  }
}
