// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The root of a domain that is off, mounted for reading by other means than Domus's own. */
record DomainTree(Path path, List<Path> mounts) implements AutoCloseable {
  static DomainTree of(Site site, String name) throws Exception {
    Driver driver = site.driver();
    DomainDef domain = driver.withLayers(new DefinitionReader(driver).stored(name).domain());
    Path view = Files.createDirectories(site.path("view"));
    for (Filesystem filesystem : domain.filesystems()) {
      if (filesystem.target().isRoot()) {
        return of(site, filesystem, view);
      }
    }
    throw new IllegalStateException(name + " has no root");
  }

  private static DomainTree of(Site site, Filesystem root, Path view) throws Exception {
    List<Path> mounts = new ArrayList<>();
    switch (root) {
      case Filesystem.Mount mount -> {
        return new DomainTree(mount.source(), mounts);
      }
      case Filesystem.Overlay overlay -> {
        StringBuilder layers = new StringBuilder();
        layers.append(overlay.chain().upper().orElseThrow().directory());
        for (BackingStore store : overlay.chain().lowers()) {
          layers.append(':').append(layer(site, store, mounts));
        }
        Host.run(
            "mount", "-t", "overlay", "overlay", "-o", "ro,lowerdir=" + layers, view.toString());
      }
      case Filesystem.Image image when image.format() == ImageFormat.RAW ->
          Host.run("mount", "-o", "ro,loop", image.file().toString(), view.toString());
      case Filesystem.Image image -> {
        Path raw = site.path("view.img");
        Host.run("qemu-img", "convert", "-O", "raw", image.file().toString(), raw.toString());
        Host.run("mount", "-o", "ro,loop", raw.toString(), view.toString());
      }
      case Filesystem.Block _, Filesystem.Bind _, Filesystem.Ram _ ->
          throw new IllegalStateException("not looked into: " + root);
    }
    mounts.addFirst(view);
    return new DomainTree(view, mounts);
  }

  private static Path layer(Site site, BackingStore store, List<Path> mounts) throws Exception {
    if (store instanceof BackingStore.Directory directory) {
      return directory.path();
    }
    Path image = ((BackingStore.Image) store).file();
    Path mounted = Files.createDirectories(site.path("layer"));
    Host.run("mount", "-o", "ro,loop", image.toString(), mounted.toString());
    mounts.add(mounted);
    return mounted;
  }

  @Override
  public void close() throws Exception {
    for (Path mount : mounts) {
      Host.run("umount", mount.toString());
    }
  }
}
