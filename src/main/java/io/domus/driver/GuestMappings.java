// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.GuestMapping;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.Filesystem;
import io.domus.domain.IdMap;
import io.domus.domain.OverlayChain;
import io.domus.kernel.MountInfo;
import io.domus.store.IdPool;
import io.domus.store.IdRanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ids of guests whose definitions leave the choice to Domus. */
final class GuestMappings {
  private static final List<Path> SUBORDINATE =
      List.of(Path.of("/etc/subuid"), Path.of("/etc/subgid"));

  private final Driver driver;

  GuestMappings(Driver driver) {
    this.driver = driver;
  }

  /** What a start would find. */
  Optional<GuestMapping> look(DomainDef domain) throws IOException {
    return isChosenHere(domain)
        ? Optional.of(mapping(domain, IdRanges::look, isKept(domain)))
        : Optional.empty();
  }

  /** Chooses a range at the first start. */
  Optional<GuestMapping> take(DomainDef domain) throws IOException {
    return isChosenHere(domain)
        ? Optional.of(mapping(domain, IdRanges::take, true))
        : Optional.empty();
  }

  private boolean isChosenHere(DomainDef domain) {
    return domain.idmap().automatic() && !driver.layout().isSession();
  }

  @FunctionalInterface
  private interface Choice {
    IdMap.Range of(IdRanges ranges, String domain, IdPool pool, IdRanges.Others others)
        throws IOException;
  }

  private boolean isKept(DomainDef domain) throws IOException {
    return driver.idRanges().own(domain.name()).isPresent();
  }

  private GuestMapping mapping(DomainDef domain, Choice choice, boolean kept) throws IOException {
    IdMap.Range range =
        choice.of(driver.idRanges(), domain.name(), driver.configuration().ids(), this::others);
    return new GuestMapping(range, kept, places(domain));
  }

  /** What is given to users of the host, and what definitions of this root name themselves. */
  private List<IdMap.Range> others() throws IOException {
    List<IdMap.Range> others = new ArrayList<>();
    for (Path file : SUBORDINATE) {
      others.addAll(subordinate(file));
    }
    for (String name : names()) {
      explicit(name)
          .ifPresent(
              map -> {
                others.addAll(map.uids());
                others.addAll(map.gids());
              });
    }
    return others;
  }

  private List<String> names() throws IOException {
    try {
      return driver.definitions().names();
    } catch (AccessDeniedException hidden) {
      // Whoever may not see them only looks what a start would do.
      return List.of();
    }
  }

  /** Of a definition that is not valid nothing is known, and it does not start. */
  private Optional<IdMap> explicit(String name) {
    try {
      byte[] bytes = driver.definitions().read(name).orElse(new byte[0]);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      // Most have none, and to read them all takes time. In UTF-16 every other byte is 0.
      return text.contains("<uid") || text.indexOf(0) >= 0
          ? Optional.of(new DefinitionReader(driver).stored(name).domain().idmap())
          : Optional.empty();
    } catch (DomainException | IOException invalid) {
      return Optional.empty();
    }
  }

  /** Lines of {@code user:first:count}. */
  static List<IdMap.Range> subordinate(Path file) throws IOException {
    List<IdMap.Range> ranges = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(":", -1);
        if (words.length == 3 && isNumber(words[1]) && isNumber(words[2])) {
          long first = Long.parseLong(words[1]);
          long count = Math.min(Long.parseLong(words[2]), IdMap.Range.LIMIT - first);
          if (count > 0) {
            ranges.add(new IdMap.Range(0, first, count));
          }
        }
      }
    } catch (NoSuchFileException none) {
      return ranges;
    }
    return ranges;
  }

  private static boolean isNumber(String word) {
    return word.matches("[0-9]{1,10}");
  }

  private static Map<Path, GuestMapping.Place> places(DomainDef domain) throws IOException {
    Map<Path, GuestMapping.Place> places = new HashMap<>();
    MountInfo mounts = MountInfo.current();
    for (Filesystem filesystem : domain.filesystems()) {
      if (filesystem instanceof Filesystem.Overlay overlay) {
        Optional<OverlayChain.Upper> upper = overlay.chain().upper();
        upper.ifPresent(each -> place(each.directory(), mounts, places));
        upper.ifPresent(each -> place(each.work(), mounts, places));
      }
    }
    return places;
  }

  private static void place(Path path, MountInfo mounts, Map<Path, GuestMapping.Place> places) {
    try {
      Path real = path.toRealPath();
      places.put(path, new GuestMapping.Place(real, mounts.pointOf(real)));
    } catch (IOException missing) {
      // The start says so, and a plan assumes what it needs.
      places.remove(path);
    }
  }
}
