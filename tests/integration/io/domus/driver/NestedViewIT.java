// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.domus.plan.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Layers with marks that a plain list of layers would read otherwise: however Domus mounts them,
 * the guest sees what overlays really mounted on one another show.
 */
class NestedViewIT {
  @RegisterExtension final Site site = new Site();

  private static final String PLAIN_INNER = "redirect_dir=follow,metacopy=off";
  private static final String PLAIN_OUTER = "redirect_dir=follow,metacopy=off";

  /**
   * How the inner overlay's upper is made from its base, what the overlays are mounted with in the
   * kernel's own way, how the definition says so, and how Domus should go about it.
   */
  enum Marks {
    NONE("echo new >u/new", PLAIN_INNER, PLAIN_OUTER, "", "", Strategy.Kind.FLAT),

    OPAQUE_ROOT(
        "setfattr -n trusted.overlay.opaque -v y u; echo new >u/new",
        PLAIN_INNER,
        PLAIN_OUTER,
        "",
        "",
        Strategy.Kind.NEST),

    /** A file whose mode was changed without its data being copied up. */
    METACOPY(
        through("redirect_dir=on,metacopy=on", "chmod 0640 m/data/file; chown 7:8 m/data/two"),
        "redirect_dir=on,metacopy=on",
        "redirect_dir=on,metacopy=on",
        "",
        "",
        Strategy.Kind.FLAT),

    METACOPY_FORBIDDEN_OUTSIDE(
        through("redirect_dir=on,metacopy=on", "chmod 0640 m/data/file"),
        "redirect_dir=on,metacopy=on",
        "redirect_dir=follow,metacopy=off",
        Filesystems.options("metacopy", "on", "redirect_dir", "on"),
        Filesystems.options("metacopy", "off"),
        Strategy.Kind.NEST),

    /** A renamed directory, a file renamed within it, and a new directory of the old name. */
    REDIRECT(
        through(
            "redirect_dir=on",
            "mv m/data m/moved; mv m/moved/file m/moved/file2; mkdir m/data; echo n >m/data/n"),
        "redirect_dir=on",
        PLAIN_OUTER,
        "",
        "",
        Strategy.Kind.FLAT),

    REDIRECT_FORBIDDEN_OUTSIDE(
        through("redirect_dir=on", "mv m/data/deep m/deeper"),
        "redirect_dir=on",
        "redirect_dir=nofollow,metacopy=off",
        Filesystems.options("redirect_dir", "on"),
        Filesystems.options("redirect_dir", "nofollow"),
        Strategy.Kind.NEST),

    METACOPY_AND_REDIRECT(
        through("redirect_dir=on,metacopy=on", "chmod 0600 m/data/file; mv m/data/file m/file"),
        "redirect_dir=on,metacopy=on",
        "redirect_dir=on,metacopy=on",
        "",
        "",
        Strategy.Kind.FLAT),

    /** Marks that only an overlay mounted with userxattr reads. */
    USER_MARKS(
        through("userxattr", "rm -r m/data/deep; mkdir m/data/deep; echo n >m/data/deep/n"),
        "userxattr",
        PLAIN_OUTER,
        Filesystems.options("userxattr", "on"),
        "",
        Strategy.Kind.NEST),

    /** Marks made within an overlay for an overlay within it. */
    ESCAPED_MARKS(
        "mkdir -p u/data/deep;"
            + "setfattr -n trusted.overlay.overlay.opaque -v y u/data/deep; echo n >u/data/deep/n",
        PLAIN_INNER,
        PLAIN_OUTER,
        "",
        "",
        Strategy.Kind.NEST);

    private final String maker;
    private final String innerMount;
    private final String outerMount;
    private final String innerOptions;
    private final String outerOptions;
    private final Strategy.Kind strategy;

    Marks(
        String maker,
        String innerMount,
        String outerMount,
        String innerOptions,
        String outerOptions,
        Strategy.Kind strategy) {
      this.maker = maker;
      this.innerMount = innerMount;
      this.outerMount = outerMount;
      this.innerOptions = innerOptions;
      this.outerOptions = outerOptions;
      this.strategy = strategy;
    }

    /** Changes made through an overlay, so that the kernel itself leaves the marks. */
    private static String through(String options, String changes) {
      return "mount -t overlay -o lowerdir=base,upperdir=u,workdir=w,%s o m; (%s); umount m"
          .formatted(options, changes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsWhatTheKernelShows(Marks marks) throws Exception {
    layers(marks.maker);
    TreeView expected = mounted(marks);
    String inner =
        Filesystems.inner(site.path("u"), site.path("w"), marks.innerOptions, directory("base"));
    assertShown(expected, marks.strategy, marks.outerOptions + inner);
  }

  /** Three overlays, each of which needs a mount of its own: more than the kernel stacks. */
  @ParameterizedTest
  @EnumSource(
      value = Marks.class,
      names = {"OPAQUE_ROOT", "USER_MARKS", "ESCAPED_MARKS"})
  void showsWhatACopyInBetweenShows(Marks marks) throws Exception {
    layers(marks.maker);
    Host.script(
        """
        cd "$1"
        mkdir middle middle-work copy
        echo middle >middle/middle
        setfattr -n trusted.overlay.opaque -v y middle
        mount -t overlay -o "lowerdir=u:base,%s" o m
        cp -a m/. copy/
        umount m
        """
            .formatted(marks.innerMount),
        site.directory().toString());
    Files.move(site.path("base"), site.path("real-base"));
    Files.createSymbolicLink(site.path("base"), Path.of("copy"));
    TreeView expected = mounted(marks, "middle");
    Files.delete(site.path("base"));
    Files.move(site.path("real-base"), site.path("base"));
    String inner =
        Filesystems.inner(site.path("u"), site.path("w"), marks.innerOptions, directory("base"));
    String middle = Filesystems.inner(site.path("middle"), site.path("middle-work"), inner);
    assertShown(expected, Strategy.Kind.MATERIALISE, marks.outerOptions + middle);
  }

  private String directory(String name) {
    return Filesystems.directory(site.path(name));
  }

  private void layers(String maker) throws Exception {
    Path base = site.tree("base");
    Files.createDirectories(base.resolve("data/deep"));
    Files.writeString(base.resolve("data/file"), "base\n");
    Files.writeString(base.resolve("data/two"), "base two\n");
    Files.writeString(base.resolve("data/deep/file"), "deep\n");
    for (String name : List.of("u", "w", "m", "n", "upper/data", "work")) {
      site.empty(name);
    }
    Files.writeString(site.path("upper/data/upper"), "upper\n");
    TreeView before = TreeView.of(site.path("u"));
    Host.script("cd \"$1\"; " + maker, site.directory().toString());
    assertNotEquals(before, TreeView.of(site.path("u")), "the maker made nothing");
  }

  private TreeView mounted(Marks marks) throws Exception {
    return mounted(marks.innerMount, marks.outerMount, "u");
  }

  private TreeView mounted(Marks marks, String innerUpper) throws Exception {
    return mounted(PLAIN_INNER, marks.outerMount, innerUpper);
  }

  /** The view of two overlays mounted as mount(8) does. */
  private TreeView mounted(String innerOptions, String outerOptions, String innerUpper)
      throws Exception {
    Host.script(
        """
        cd "$1"
        mount -t overlay -o "lowerdir=$2:base,$3" o m
        mount -t overlay -o "lowerdir=m,upperdir=upper,workdir=work,$4" o n
        """,
        site.directory().toString(),
        innerUpper,
        innerOptions,
        outerOptions);
    try {
      return TreeView.of(site.path("n"));
    } finally {
      Host.script("cd \"$1\"; umount n; umount m", site.directory().toString());
    }
  }

  private void assertShown(TreeView expected, Strategy.Kind strategy, String content)
      throws Exception {
    DomainXml xml =
        DomainXml.named("nested")
            .device(Filesystems.overlay(site.path("upper"), site.path("work"), "/", content));
    Definition definition = new DefinitionReader(site.driver()).parse("nested.xml", xml.bytes());
    assertEquals(
        strategy, new PlanOperation(site.driver()).start(definition.domain()).strategy().rootfs());
    site.start(xml);
    assertEquals(
        List.of(), expected.differences(TreeView.of(site.guest("nested", "/"))), "expected | seen");
    site.output("nested", "sh", "-c", "echo more >>/etc/group; rm -r /tmp; mkdir /tmp");
    String group = Files.readString(site.path("base/etc/group"));
    assertEquals(group + "more\n", Files.readString(site.path("upper/etc/group")));
  }
}
