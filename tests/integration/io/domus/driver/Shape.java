// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.nio.file.Files;
import java.nio.file.Path;

/** Domains whose plans differ: together they have steps of every kind. */
enum Shape {
  OVERLAY {
    @Override
    DomainXml build(Site site) throws Exception {
      return overlaid(site, inner(site, "inner", Filesystems.directory(site.tree("base"))));
    }
  },
  NEST {
    @Override
    DomainXml build(Site site) throws Exception {
      String store = inner(site, "inner", Filesystems.directory(site.tree("base")));
      opaque(site.path("inner"));
      return overlaid(site, store);
    }
  },
  MATERIALISE {
    @Override
    DomainXml build(Site site) throws Exception {
      String store = inner(site, "inner", Filesystems.directory(site.tree("base")));
      String middle = inner(site, "middle", store);
      opaque(site.path("inner"));
      opaque(site.path("middle"));
      return overlaid(site, middle);
    }
  },
  RAW {
    @Override
    DomainXml build(Site site) throws Exception {
      return domain().device(Filesystems.image(ext4(site), "raw", "/"));
    }
  },
  QCOW2 {
    @Override
    DomainXml build(Site site) throws Exception {
      return domain().device(Filesystems.image(qcow2(site), "qcow2", "/"));
    }
  },
  QCOW2_LAYER {
    @Override
    DomainXml build(Site site) throws Exception {
      return overlaid(site, Filesystems.imageStore(qcow2(site), "qcow2"));
    }
  },
  BINDS {
    @Override
    DomainXml build(Site site) throws Exception {
      return domain()
          .root(site.tree("tree"))
          .device(Filesystems.ram(1, "/mnt/ram"))
          .device(Filesystems.bind("/mnt/ram", "/mnt/again"))
          .device(Filesystems.mount(site.empty("data"), "/mnt/data", "<readonly/>"))
          .device("<console type='pty'/>");
    }
  },
  MAPPED {
    @Override
    DomainXml build(Site site) throws Exception {
      return NEST.build(site)
          .with("<idmap mode='auto'/>")
          .device(Filesystems.mount(site.empty("data"), "/mnt/data"));
    }
  };

  static final String NAME = "web";

  /** Makes the trees and images that the definition names. */
  abstract DomainXml build(Site site) throws Exception;

  private static DomainXml domain() {
    return DomainXml.named(NAME);
  }

  private static DomainXml overlaid(Site site, String stores) throws Exception {
    return domain()
        .device(Filesystems.overlay(site.empty("upper"), site.empty("work"), "/", stores));
  }

  private static String inner(Site site, String name, String stores) throws Exception {
    Path upper = site.empty(name);
    Files.writeString(upper.resolve(name), "");
    return Filesystems.inner(upper, site.empty(name + "-work"), stores);
  }

  private static void opaque(Path layer) throws Exception {
    Site.SYSCALLS.lsetxattr(layer, "trusted.overlay.opaque", new byte[] {'y'});
  }

  static Path ext4(Site site) throws Exception {
    Path image = site.path("disk.img");
    Host.script(
        "truncate -s 8M \"$1\"; mkfs.ext4 -q -d \"$2\" \"$1\"",
        image.toString(),
        site.tree("image-tree").toString());
    return image;
  }

  static Path qcow2(Site site) throws Exception {
    Path image = site.path("disk.qcow2");
    Path raw = ext4(site);
    Host.run("qemu-img", "convert", "-O", "qcow2", raw.toString(), image.toString());
    Files.delete(raw);
    return image;
  }
}
