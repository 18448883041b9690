// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The root of a domain that is off, mounted for reading by other means than Domus's own. */
record DomainTree(Path path, boolean mounted) implements AutoCloseable {
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
    switch (root) {
      case Filesystem.Mount mount -> {
        return new DomainTree(mount.source(), false);
      }
      case Filesystem.Overlay overlay -> {
        String lowers =
            overlay.chain().lowers().stream()
                .map(store -> ((BackingStore.Directory) store).path().toString())
                .collect(Collectors.joining(":"));
        Path upper = overlay.chain().upper().orElseThrow().directory();
        Host.run(
            "mount",
            "-t",
            "overlay",
            "overlay",
            "-o",
            "ro,lowerdir=" + upper + ":" + lowers,
            view.toString());
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
    return new DomainTree(view, true);
  }

  @Override
  public void close() throws Exception {
    if (mounted) {
      Host.run("umount", path.toString());
    }
  }
}
