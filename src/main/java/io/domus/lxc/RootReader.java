// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Filesystem;
import io.domus.domain.GuestPath;
import io.domus.domain.ImageFormat;
import io.domus.domain.MountOptions;
import io.domus.domain.OverlayChain;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The root of the guest: {@code lxc.rootfs}. */
final class RootReader {
  private static final Set<String> KINDS =
      Set.of(
          "aufs",
          "best",
          "btrfs",
          "dir",
          "loop",
          "lvm",
          "nbd",
          "overlay",
          "overlayfs",
          "rbd",
          "zfs");

  private final Settings settings;
  private final LxcFiles files;
  private final Report report;
  private final HookMounts hooks;
  private List<HookMounts.Below> below = List.of();

  RootReader(Settings settings, LxcFiles files, Report report, HookMounts hooks) {
    this.settings = settings;
    this.files = files;
    this.report = report;
    this.hooks = hooks;
  }

  /**
   * @param text what the setting names, without its kind
   * @param below what hooks mount in it
   */
  record Root(Optional<Filesystem> filesystem, String text, List<HookMounts.Below> below) {
    Root {
      below = List.copyOf(below);
    }
  }

  Root read() {
    Optional<Setting> setting = settings.one("lxc.rootfs.path");
    Optional<Setting> backend = settings.one("lxc.rootfs.backend");
    List<String> options =
        settings
            .one("lxc.rootfs.options")
            .map(found -> List.of(found.value().split("\\s*,\\s*", -1)))
            .orElse(List.of());
    if (setting.isEmpty()) {
      for (String key : List.of("lxc.rootfs.backend", "lxc.rootfs.options")) {
        settings.one(key).ifPresent(lonely -> report.lost(lonely, "lxc.rootfs.path is not set"));
      }
      report.note(
          "lxc.rootfs.path is not set: LXC gives the guest the root of the host; a domain needs a"
              + " <filesystem> with target '/'");
      return new Root(Optional.empty(), "", List.of());
    }
    String value = setting.get().value();
    int colon = value.indexOf(':');
    boolean hasKind = colon > 0 && KINDS.contains(value.substring(0, colon));
    String kind = hasKind ? value.substring(0, colon) : backend(backend);
    String text = hasKind ? value.substring(colon + 1) : value;
    Optional<Filesystem> root = root(setting.get(), kind, text, options);
    if (root.isEmpty()) {
      report.note("the domain has no root: it needs a <filesystem> with target '/'");
    }
    return new Root(root, text, below);
  }

  private String backend(Optional<Setting> backend) {
    if (backend.isEmpty()) {
      return "";
    }
    // It may list several, of which LXC takes the first that fits.
    String first = backend.get().value().replaceFirst(",.*", "").strip();
    if (KINDS.contains(first)) {
      return first.equals("best") ? "" : first;
    }
    report.lost(backend.get(), "unknown kind of storage");
    return "";
  }

  private Optional<Filesystem> root(
      Setting setting, String kind, String text, List<String> options) {
    Filesystem.Place place = place(setting, kind, options);
    switch (kind) {
      case "overlay", "overlayfs", "aufs" -> {
        return overlay(setting, kind, text, options, place);
      }
      case "nbd" -> {
        return image(setting, kind, withoutPartition(setting, text), place);
      }
      case "zfs" -> {
        return dataset(setting, text, place);
      }
      default -> {
        Optional<Path> path = PathText.host(text);
        if (path.isEmpty()) {
          report.lost(setting, "expected an absolute path");
        }
        return path.map(found -> plain(setting, kind, found, place));
      }
    }
  }

  private Filesystem.Place place(Setting root, String kind, List<String> options) {
    Setting at = settings.one("lxc.rootfs.options").orElse(root);
    boolean overlay = kind.startsWith("overlay");
    MountOptions flags =
        new OptionReader(report)
            .read(at, options, option -> overlay && LayerReader.isOption(option));
    return new Filesystem.Place(
        GuestPath.ROOT,
        OptionReader.readonly(options),
        flags,
        Optional.empty(),
        Optional.empty(),
        root.at());
  }

  private Optional<Filesystem> overlay(
      Setting setting, String kind, String text, List<String> options, Filesystem.Place place) {
    Optional<OverlayChain> chain =
        LayerReader.ofRoot(text, LayerReader.options(options), setting.at());
    if (chain.isEmpty()) {
      report.lost(setting, "expected LOWER:UPPER with absolute paths");
      return Optional.empty();
    }
    Path work = chain.get().upper().orElseThrow().work();
    report.note(
        setting,
        "the work directory is '"
            + work
            + "', as LXC chooses it; it and the upper directory must be there before the start");
    if (kind.equals("aufs")) {
      report.note(setting, "overlayfs takes the place of aufs, and does not know its deletions");
    }
    return Optional.of(new Filesystem.Overlay(place, hooks.layers(chain.get())));
  }

  /** What LXC finds out by looking. */
  private Filesystem plain(Setting setting, String kind, Path path, Filesystem.Place place) {
    return switch (kind) {
      case "loop" -> new Filesystem.Image(place, path, format(kind, path));
      case "lvm", "rbd" -> new Filesystem.Block(place, path);
      case "dir", "btrfs" -> directory(place, path);
      default ->
          switch (files.kind(path.toString())) {
            case FILE -> image(setting, kind, path.toString(), place).orElseThrow();
            case BLOCK_DEVICE -> new Filesystem.Block(place, path);
            case DIRECTORY, CHARACTER_DEVICE, OTHER -> directory(place, path);
            case ABSENT ->
                path.startsWith("/dev")
                    ? new Filesystem.Block(place, path)
                    : directory(place, path);
          };
    };
  }

  /** LXC binds it with all that is mounted below it. */
  private Filesystem directory(Filesystem.Place place, Path path) {
    Filesystem root = hooks.root(place, path);
    below = hooks.below(path);
    return root;
  }

  private Optional<Filesystem> image(
      Setting setting, String kind, String text, Filesystem.Place place) {
    Optional<Path> path = PathText.host(text);
    if (path.isEmpty()) {
      report.lost(setting, "expected an absolute path");
      return Optional.empty();
    }
    ImageFormat format = format(kind, path.get());
    report.note(setting, "the format of the image is taken to be " + lower(format));
    return Optional.of(new Filesystem.Image(place, path.get(), format));
  }

  private static String lower(ImageFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  /** LXC loops raw images; what serves an nbd device finds out itself. */
  private static ImageFormat format(String kind, Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    boolean qcow =
        switch (kind) {
          case "loop" -> false;
          case "nbd" -> !name.endsWith(".raw");
          default -> name.endsWith(".qcow2");
        };
    return qcow ? ImageFormat.QCOW2 : ImageFormat.RAW;
  }

  private String withoutPartition(Setting setting, String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[0-9]+")) {
      return text;
    }
    report.lost(
        setting, text.substring(colon + 1), "a domain mounts whole images, not partitions of them");
    return text.substring(0, colon);
  }

  private Optional<Filesystem> dataset(Setting setting, String text, Filesystem.Place place) {
    Optional<Path> path = PathText.host(text.startsWith("/") ? text : "/" + text);
    path.ifPresent(
        found ->
            report.note(
                setting, "the dataset must be mounted on '" + found + "' before the start"));
    return path.map(found -> new Filesystem.Mount(place, found));
  }
}
