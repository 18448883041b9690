// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.GuestIdentity;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is done to layers and copied guests, as shell commands. */
final class ShellLayers {
  private ShellLayers() {}

  static List<String> makeLike(Step.MakeDirectoryLike make) {
    String directory = quote(make.directory());
    String like = quote(make.like());
    return List.of(
        "mkdir " + directory,
        "chown --reference=" + like + " " + directory,
        "chmod --reference=" + like + " " + directory,
        "getfattr -d -m '^(user|trusted|security|system)' -e hex --absolute-names "
            + like
            + " | sed -e 's|^# file: .*|# file: '"
            + directory
            + "'|' -e '/^[a-z]*\\.overlay\\./d' | setfattr --restore=-");
  }

  /** As the layer store writes it, but for the inode, which only the machine knows. */
  static List<String> record(Step.RecordLayers record) {
    UpperLayers.Marks marks = record.layers().marks();
    String upper = quote(record.upper());
    String layers =
        record.layers().layers().stream().map(ShellLayers::json).collect(Collectors.joining(","));
    return List.of(
        "{",
        "  printf '{\"upper\":\"%s\",\"inode\":%s,' " + upper + " \"$(stat -c %i " + upper + ")\"",
        "  printf '\"userxattr\":%s,\"redirect\":%s,\"metacopy\":%s,' "
            + marks.userxattr()
            + " "
            + marks.redirect()
            + " "
            + marks.metacopy(),
        "  printf '\"layers\":[%s]}' " + Command.quote(layers),
        "} >" + quote(record.file()));
  }

  private static String json(SealedLayer layer) {
    return "{\"id\":\"" + layer.id() + "\",\"path\":\"" + layer.path() + "\"}";
  }

  /** From the bottom up; what a layer replaces or hides is removed first. */
  static List<String> merge(Step.MergeLayers merge) {
    String opaque = merge.userxattr() ? "user.overlay.opaque" : "trusted.overlay.opaque";
    List<String> lines = new ArrayList<>();
    lines.add("mkdir " + quote(merge.into()));
    for (Path layer : merge.layers().reversed()) {
      lines.add(
          "(cd "
              + quote(layer)
              + " && find . -mindepth 1 | while IFS= read -r name; do"
              + " into="
              + quote(merge.into())
              + "/$name;"
              + " if ! [ -d \"$name\" ] || [ -L \"$name\" ]"
              + " || getfattr -n "
              + opaque
              + " \"$name\" >/dev/null 2>&1; then rm -rf \"$into\";"
              + " elif [ -e \"$into\" ] && ! [ -d \"$into\" ]; then rm \"$into\";"
              + " mkdir \"$into\"; setfattr -n "
              + opaque
              + " -v y \"$into\"; fi; done)");
      lines.add("cp -a " + quote(layer) + "/. " + quote(merge.into()) + "/");
    }
    return lines;
  }

  /** Whiteouts and opaque directories become files; these come first, for their directories. */
  static List<String> pack(Step.PackLayer pack) {
    String layer = quote(pack.layer());
    return List.of(
        "markers=$(mktemp -d)",
        "(cd "
            + layer
            + " && find . -type c | while IFS= read -r name; do"
            + " [ \"$(stat -c %t:%T \"$name\")\" = 0:0 ] || continue;"
            + " mkdir -p \"$markers/${name%/*}\"; : >\"$markers/${name%/*}/.wh.${name##*/}\";"
            + " printf '%s\\n' \"$name\"; done >\"$markers.names\")",
        "(cd "
            + layer
            + " && find . -type d | while IFS= read -r name; do"
            + " getfattr -n trusted.overlay.opaque \"$name\" >/dev/null 2>&1 || continue;"
            + " mkdir -p \"$markers/$name\"; : >\"$markers/$name/.wh..wh..opq\"; done)",
        "tar --create --format=posix --xattrs --xattrs-exclude='trusted.overlay.*' --acls --sparse"
            + " --numeric-owner --no-wildcards --exclude-from=\"$markers.names\" --file="
            + quote(pack.tar())
            + " --directory=\"$markers\" . --directory="
            + layer
            + " .",
        "rm -r \"$markers\" \"$markers.names\"");
  }

  static List<String> unpack(Step.UnpackLayer unpack) {
    String layer = quote(unpack.layer());
    return List.of(
        "mkdir " + layer,
        "tar --extract --xattrs --xattrs-include='*' --acls --same-owner --numeric-owner --file="
            + quote(unpack.tar())
            + " --directory="
            + layer,
        "find "
            + layer
            + " -name '.wh.*' | while IFS= read -r name; do rm \"$name\";"
            + " if [ \"${name##*/}\" = .wh..wh..opq ]; then"
            + " setfattr -n trusted.overlay.opaque -v y \"${name%/*}\";"
            + " else base=${name##*/}; mknod \"${name%/*}/${base#.wh.}\" c 0 0; fi; done");
  }

  static List<String> identity(Step.ChangeIdentity step) {
    GuestIdentity change = step.change();
    List<String> lines = new ArrayList<>();
    change.parts().stream()
        .sorted()
        .forEach(
            part -> {
              switch (part) {
                case HOSTNAME -> {
                  Path name = step.tree().resolve("etc/hostname");
                  Path hosts = step.tree().resolve("etc/hosts");
                  lines.add(
                      ifFile(name, "echo " + Command.quote(change.to()) + " >" + quote(name)));
                  lines.add(
                      ifFile(
                          hosts,
                          "sed -i 's/\\b"
                              + change.from()
                              + "\\b/"
                              + change.to()
                              + "/g' "
                              + quote(hosts)));
                }
                case MACHINE_ID -> {
                  Path file = step.tree().resolve("etc/machine-id");
                  lines.add(ifFile(file, ": >" + quote(file)));
                }
                case SSH_KEYS ->
                    lines.add(
                        "rm -f " + quote(step.tree().resolve("etc/ssh")) + "/ssh_host_*_key*");
              }
            });
    return lines;
  }

  private static String ifFile(Path file, String command) {
    return "if [ -f "
        + quote(file)
        + " ] && ! [ -L "
        + quote(file)
        + " ]; then "
        + command
        + "; fi";
  }

  private static String quote(Path path) {
    return Command.quote(path.toString());
  }
}
