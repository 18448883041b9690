// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.domain.OverlayOptions.Name;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts into a definition what was sealed beneath its upper directories: it lies right below them,
 * above the layers that the file names. So the file need not know of it, and cannot lose it. The
 * same holds where a definition reads the upper directory of another one as a layer.
 */
public final class LayerInsertion {
  private final Map<Path, UpperLayers> sealed;

  private LayerInsertion(Map<Path, UpperLayers> sealed) {
    this.sealed = sealed;
  }

  /**
   * The definition with all its layers.
   *
   * @param sealed what lies beneath which upper directory or layer
   * @throws ConfigUnsupportedException if the definition's overlay could not read the layers
   */
  public static DomainDef apply(DomainDef domain, Map<Path, UpperLayers> sealed) {
    if (sealed.isEmpty()) {
      return domain;
    }
    LayerInsertion insertion = new LayerInsertion(sealed);
    return domain.withFilesystems(
        domain.filesystems().stream().map(insertion::filesystem).toList());
  }

  /** One filesystem with all its layers. */
  static Filesystem filesystem(Filesystem filesystem, Map<Path, UpperLayers> sealed) {
    return new LayerInsertion(sealed).filesystem(filesystem);
  }

  /** The upper directories of a definition, inner ones too. */
  public static List<Path> uppers(DomainDef domain) {
    List<Path> uppers = new ArrayList<>();
    for (Filesystem filesystem : domain.filesystems()) {
      if (filesystem instanceof Filesystem.Overlay overlay) {
        collect(overlay.chain(), uppers);
      }
    }
    return uppers;
  }

  /** The directories that a definition names as layers. */
  public static List<Path> directories(DomainDef domain) {
    List<Path> directories = new ArrayList<>();
    for (Filesystem filesystem : domain.filesystems()) {
      if (filesystem instanceof Filesystem.Overlay overlay) {
        lowers(overlay.chain(), directories);
      }
    }
    return directories;
  }

  private static void lowers(OverlayChain chain, List<Path> directories) {
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> directories.add(directory.path());
        case BackingStore.Overlay inner -> lowers(inner.chain(), directories);
        case BackingStore.Image _, BackingStore.Block _ -> {}
      }
    }
  }

  private static void collect(OverlayChain chain, List<Path> uppers) {
    chain.upper().ifPresent(upper -> uppers.add(upper.directory()));
    for (BackingStore store : chain.lowers()) {
      if (store instanceof BackingStore.Overlay inner) {
        collect(inner.chain(), uppers);
      }
    }
  }

  private Filesystem filesystem(Filesystem filesystem) {
    return filesystem instanceof Filesystem.Overlay overlay
        ? new Filesystem.Overlay(overlay.place(), chain(overlay.chain()))
        : filesystem;
  }

  private OverlayChain chain(OverlayChain chain) {
    List<BackingStore> lowers = new ArrayList<>();
    Set<Path> named = new HashSet<>();
    for (BackingStore store : chain.lowers()) {
      if (store instanceof BackingStore.Directory directory) {
        named.add(directory.path());
      }
    }
    if (chain.upper().isPresent()) {
      OverlayChain.Upper upper = chain.upper().get();
      lowers.addAll(beneath(upper.directory(), upper.origin(), chain.options(), named));
    }
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory layer -> {
          lowers.add(layer);
          lowers.addAll(beneath(layer.path(), layer.origin(), chain.options(), named));
        }
        case BackingStore.Overlay inner ->
            lowers.add(
                new BackingStore.Overlay(chain(inner.chain()), inner.label(), inner.origin()));
        case BackingStore.Image _, BackingStore.Block _ -> lowers.add(store);
      }
    }
    return new OverlayChain(chain.upper(), lowers, chain.options());
  }

  /**
   * What was sealed beneath a directory.
   *
   * @param named what is in the list already: a definition that was made from dumpxml's output
   *     names the layers itself
   */
  private List<BackingStore> beneath(
      Path directory, Origin origin, OverlayOptions options, Set<Path> named) {
    List<BackingStore> layers = new ArrayList<>();
    UpperLayers beneath = sealed.getOrDefault(directory, UpperLayers.NONE);
    if (!beneath.layers().isEmpty()) {
      check(directory, origin, beneath.marks(), options);
    }
    for (SealedLayer layer : beneath.layers()) {
      if (named.add(layer.path())) {
        layers.add(new BackingStore.Directory(layer.path(), origin));
      }
    }
    return layers;
  }

  private static void check(
      Path directory, Origin origin, UpperLayers.Marks marks, OverlayOptions options) {
    obstacle(marks, options)
        .ifPresent(
            what -> {
              throw new ConfigUnsupportedException(
                  "the layers beneath '"
                      + directory
                      + "' were written with "
                      + what
                      + " ("
                      + origin
                      + ")");
            });
  }

  private static Optional<String> obstacle(UpperLayers.Marks marks, OverlayOptions options) {
    if (marks.userxattr() != options.on(Name.USERXATTR)) {
      return Optional.of(
          marks.userxattr()
              ? "userxattr=on, which the definition no longer says"
              : "userxattr=off, and the definition says on");
    }
    String redirect = options.value(Name.REDIRECT_DIR, "follow");
    if (marks.redirect() && !redirect.equals("on") && !redirect.equals("follow")) {
      return Optional.of("redirect_dir=on, and the definition does not follow redirects");
    }
    if (marks.metacopy() && !options.on(Name.METACOPY)) {
      return Optional.of("metacopy=on, which the definition no longer says");
    }
    return Optional.empty();
  }
}
