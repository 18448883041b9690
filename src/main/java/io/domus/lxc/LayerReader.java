// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.BackingStore;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Overlays: LXC's own notation for roots, and the kernel's in mount entries. */
final class LayerReader {
  /** Where LXC before 3 put what it wrote, and the work directory beside it. */
  static final String OLD_UPPER = "delta0";

  private static final String OLD_WORK = "olwork";
  private static final String WORK = "work";

  private static final Pattern OPTION =
      Pattern.compile(
          "volatile|userxattr|(metacopy|index)=(on|off)|xino=(on|off|auto)"
              + "|redirect_dir=(on|off|follow|nofollow)");

  private LayerReader() {}

  /**
   * {@code LOWER:…:UPPER}, the topmost lower first.
   *
   * @return empty if these are not at least two absolute paths
   */
  static Optional<OverlayChain> ofRoot(String layers, OverlayOptions options, Origin origin) {
    String[] parts = layers.split(":(?=/)", -1);
    List<Path> paths = paths(List.of(parts));
    if (paths.size() != parts.length || parts.length < 2) {
      return Optional.empty();
    }
    Path upper = paths.getLast();
    Path work = workBeside(upper);
    return Optional.of(
        chain(
            paths.subList(0, paths.size() - 1),
            Optional.of(new OverlayChain.Upper(upper, work, origin)),
            options,
            origin));
  }

  /** The work directory that LXC takes for an upper directory. */
  static Path workBeside(Path upper) {
    return upper.resolveSibling(upper.endsWith(OLD_UPPER) ? OLD_WORK : WORK);
  }

  /**
   * The same where an upper directory has neighbours, as in the scripts of lxc-start-ephemeral: two
   * overlays cannot have one work directory.
   */
  static Path workOf(Path upper) {
    String name = upper.normalize().getFileName() == null ? "" : upper.getFileName().toString();
    return name.matches("delta[1-9][0-9]*")
        ? upper.resolveSibling(WORK + name.substring("delta".length()))
        : workBeside(upper);
  }

  /** {@code lowerdir=…,upperdir=…,workdir=…}. */
  static Optional<OverlayChain> ofOptions(FstabLine line, Origin origin) {
    List<String> lowers = new ArrayList<>();
    for (String part : line.value("lowerdir").orElse("").split("(?<!\\\\):", -1)) {
      lowers.add(part.replace("\\:", ":"));
    }
    List<Path> paths = paths(lowers);
    Optional<Path> upper = line.value("upperdir").flatMap(PathText::host);
    Optional<Path> work = line.value("workdir").flatMap(PathText::host);
    boolean paired = upper.isPresent() == work.isPresent();
    if (paths.size() != lowers.size() || !paired) {
      return Optional.empty();
    }
    return Optional.of(
        chain(
            paths,
            upper.map(path -> new OverlayChain.Upper(path, work.orElseThrow(), origin)),
            options(line.options()),
            origin));
  }

  private static List<Path> paths(List<String> texts) {
    return texts.stream().map(PathText::host).flatMap(Optional::stream).toList();
  }

  private static OverlayChain chain(
      List<Path> lowers,
      Optional<OverlayChain.Upper> upper,
      OverlayOptions options,
      Origin origin) {
    List<BackingStore> stores = new ArrayList<>();
    lowers.forEach(lower -> stores.add(new BackingStore.Directory(lower, origin)));
    return new OverlayChain(upper, stores, options);
  }

  /** Those of the words that a domain's overlay may set. */
  static OverlayOptions options(List<String> words) {
    TreeMap<String, String> values = new TreeMap<>();
    words.stream().filter(LayerReader::isOption).forEach(word -> put(values, word));
    return new OverlayOptions(values);
  }

  private static void put(TreeMap<String, String> values, String word) {
    int equals = word.indexOf('=');
    values.put(
        equals < 0 ? word : word.substring(0, equals),
        equals < 0 ? "on" : word.substring(equals + 1));
  }

  static boolean isOption(String word) {
    return OPTION.matcher(word).matches();
  }

  static boolean isLayer(String word) {
    return word.startsWith("lowerdir=")
        || word.startsWith("upperdir=")
        || word.startsWith("workdir=");
  }
}
