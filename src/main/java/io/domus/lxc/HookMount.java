// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a hook mounts on the host before LXC mounts the root.
 *
 * @param setting stands for the line of the script
 * @param line the same as an fstab would have it; overlays have a work directory
 * @param aufs whether it was one of aufs
 * @param chosen the work directory, if the script names none
 */
record HookMount(
    Setting setting, FstabLine line, Path target, boolean aufs, Optional<Path> chosen) {

  /** Of mount(8), empty if it is no such command or has options that an fstab has no word for. */
  static Optional<HookMount> of(Setting setting, List<String> words) {
    Optional<FstabLine> line = line(words);
    Optional<Path> target =
        line.flatMap(found -> PathText.host(found.target())).map(Path::normalize);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    FstabLine overlay = ofBranches(line.get());
    boolean aufs = !overlay.type().equals(line.get().type());
    Optional<Path> work = missingWork(overlay);
    return Optional.of(new HookMount(setting, asOverlay(overlay, work), target.get(), aufs, work));
  }

  private static Optional<FstabLine> line(List<String> words) {
    if (words.isEmpty() || !PathText.fileName(words.getFirst()).equals("mount")) {
      return Optional.empty();
    }
    String type = "none";
    List<String> options = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (Iterator<String> rest = words.listIterator(1); rest.hasNext(); ) {
      String word = rest.next();
      if (word.matches("-[to]") && rest.hasNext()) {
        String value = rest.next();
        type = word.equals("-t") ? value : type;
        options.addAll(word.equals("-o") ? List.of(value.split(",", -1)) : List.of());
      } else if (word.startsWith("-o")) {
        options.addAll(List.of(word.substring(2).split(",", -1)));
      } else if (word.matches("--r?bind|-[BR]")) {
        options.add(word.matches("--bind|-B") ? "bind" : "rbind");
      } else if (word.equals("-r")) {
        options.add("ro");
      } else if (word.startsWith("-") && !word.equals("-n")) {
        return Optional.empty();
      } else if (!word.startsWith("-")) {
        places.add(word);
      }
    }
    options.removeIf(String::isEmpty);
    return places.size() == 2
        ? Optional.of(new FstabLine(places.get(0), places.get(1), type, options))
        : Optional.empty();
  }

  /** The branches of aufs as the layers of an overlay. */
  private static FstabLine ofBranches(FstabLine line) {
    if (!line.type().equals("aufs")) {
      return line;
    }
    String[] branches = line.value("br").orElse("").split(":", -1);
    List<String> lowers = new ArrayList<>();
    for (String branch : branches) {
      lowers.add(branch.replaceFirst("=r[wo](\\+.*)?$", ""));
    }
    if (branches.length < 2 || !branches[0].endsWith("=rw")) {
      return line;
    }
    List<String> options = new ArrayList<>(line.options());
    options.removeIf(option -> option.matches("noplink|(br|xino)=.*"));
    options.add("upperdir=" + lowers.removeFirst());
    options.add("lowerdir=" + String.join(":", lowers));
    return new FstabLine(line.source(), line.target(), "overlay", options);
  }

  /** Overlays of before Linux 3.18 had no work directory. */
  private static Optional<Path> missingWork(FstabLine line) {
    return line.value("upperdir")
        .filter(_ -> line.type().startsWith("overlay") && line.value("workdir").isEmpty())
        .flatMap(PathText::host)
        .map(LayerReader::workOf);
  }

  private static FstabLine asOverlay(FstabLine line, Optional<Path> work) {
    if (!line.type().startsWith("overlay")) {
      return line;
    }
    List<String> options = new ArrayList<>(line.options());
    work.ifPresent(path -> options.add("workdir=" + path));
    return new FstabLine(line.source(), line.target(), "overlay", options);
  }

  boolean isBind() {
    return line.has("bind") || line.has("rbind");
  }

  /** The host's paths that the mount needs, or makes reachable. */
  List<Path> paths() {
    List<Path> paths = new ArrayList<>(List.of(target));
    for (String name : List.of("upperdir", "workdir")) {
      line.value(name).flatMap(PathText::host).map(Path::normalize).ifPresent(paths::add);
    }
    return paths;
  }
}
