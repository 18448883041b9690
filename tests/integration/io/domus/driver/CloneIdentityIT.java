// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.GuestIdentity.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What names a guest is changed in its clone, and nothing else, neither in source nor host. */
class CloneIdentityIT {
  @RegisterExtension final Site site = new Site();

  /** How the clone comes by the tree. */
  enum Storage {
    OVERLAY(
        (site, tree) ->
            Filesystems.overlay(
                site.path("upper"), site.path("work"), "/", Filesystems.directory(tree))),
    DIRECTORY((_, tree) -> Filesystems.mount(tree, "/"));

    private final BiFunction<Site, Path, String> filesystem;

    Storage(BiFunction<Site, Path, String> filesystem) {
      this.filesystem = filesystem;
    }
  }

  /**
   * How the guest's tree is made, in its root, and the lines that tell the clone's from it. {@code
   * $host} is a tree beside it that must stay as it is.
   */
  enum Guest {
    USUAL(
        """
        echo a >etc/hostname
        printf '127.0.0.1 localhost\\n127.0.1.1\\ta.example.org a # not ab, b.a, a-b\\n' >etc/hosts
        echo 0123456789abcdef0123456789abcdef >etc/machine-id
        mkdir -p var/lib/dbus; cp etc/machine-id var/lib/dbus/
        mkdir etc/ssh
        touch etc/ssh/ssh_host_rsa_key etc/ssh/ssh_host_rsa_key.pub etc/ssh/ssh_host_x_key
        touch etc/ssh/sshd_config etc/ssh/ssh_host_key.bak
        chmod 0604 etc/hosts etc/hostname etc/machine-id; chown 5:6 etc/hosts
        """,
        """
        etc/hostname 604 0:0 clone
        etc/hosts 604 5:6 127.0.0.1 localhost,127.0.1.1?clone.example.org clone # not ab, b.a, a-b
        etc/machine-id 604 0:0 nothing
        - etc/ssh/ssh_host_rsa_key
        - etc/ssh/ssh_host_rsa_key.pub
        - etc/ssh/ssh_host_x_key
        - var/lib/dbus/machine-id
        """),
    OTHER_NAME_THAN_ITS_DOMAIN(
        "printf ' web \\n' >etc/hostname; echo '::1 web a webby Web web.b' >etc/hosts",
        """
        etc/hostname 644 0:0 clone
        etc/hosts 644 0:0 ::1 clone clone webby Web clone.b
        """),
    NO_NAME_OF_ITS_OWN(
        "echo localhost >etc/hostname; printf '127.0.0.1 localhost localhost.localdomain\\n"
            + "' >etc/hosts",
        "etc/hostname 644 0:0 clone\n"),
    NOT_TEXT(
        "printf 'a\\n' >etc/hostname; printf '\\377\\376 a\\n\\0a' >etc/hosts",
        "etc/hostname 644 0:0 clone\netc/hosts 644 0:0 ?? clone,clone\n"),
    EMPTY_FILES(": >etc/hostname; : >etc/hosts; : >etc/machine-id", "etc/hostname 644 0:0 clone\n"),
    NOTHING_IN_ETC("rm -r etc/*", ""),
    NO_ETC("rm -r etc", ""),
    ETC_IS_A_FILE("rm -r etc; echo a >etc", ""),
    ETC_LEADS_OUT("rm -r etc; ln -s $host etc", ""),
    ETC_CLIMBS_OUT("rm -r etc; ln -s ../../../../../../../..$host etc", ""),
    ETC_CIRCLES("rm -r etc; ln -s etc etc", ""),
    /** Within the tree a link is followed, as the guest would. */
    ETC_IS_A_LINK(
        "mv etc real; ln -s /real etc; echo a >real/hostname", "real/hostname 644 0:0 clone\n"),
    FILES_LEAD_OUT(
        """
        for f in hostname hosts machine-id; do ln -s $host/$f etc/$f; done
        mkdir -p var/lib; ln -s $host var/lib/dbus; ln -s $host/ssh etc/ssh
        """,
        ""),
    KEYS_LEAD_OUT("mkdir etc/ssh; ln -s $host/ssh/ssh_host_rsa_key etc/ssh/ssh_host_rsa_key", ""),
    /** Opening it would wait for a writer for ever. */
    PIPES("mkfifo etc/hostname etc/hosts etc/machine-id; mkdir -p etc/ssh/ssh_host_rsa_key", ""),
    LINKED_TO_SOMETHING_ELSE(
        "echo a >etc/hostname; ln etc/hostname etc/other", "etc/hostname 644 0:0 clone\n");

    private final String maker;
    private final String changed;

    Guest(String maker, String changed) {
      this.maker = maker;
      this.changed = changed;
    }
  }

  private static final String HOST =
      """
      mkdir -p "$1/ssh"
      echo a >"$1/hostname"; echo '127.0.0.1 a' >"$1/hosts"; echo 0123 >"$1/machine-id"
      touch "$1/ssh/ssh_host_rsa_key"
      """;

  private Path host;
  private Path tree;

  private void make(Storage storage, String maker) throws Exception {
    host = site.path("host");
    Host.script(HOST, host.toString());
    tree = site.tree("tree");
    site.empty("upper");
    site.empty("work");
    Host.script("umask 022; cd \"$1\"; host=$2\n" + maker, tree.toString(), host.toString());
    site.define(DomainXml.named("a").device(storage.filesystem.apply(site, tree)));
  }

  @ParameterizedTest
  @EnumSource
  void ofLinkedClones(Guest guest) throws Exception {
    make(Storage.OVERLAY, guest.maker);
    String untouched = TreeDigest.of(host) + TreeDigest.of(tree);
    new Clones(site).make("a", "clone");
    assertEquals(guest.changed.strip(), MountedRoot.of(site, "clone", this::changes));
    assertEquals(untouched, TreeDigest.of(host) + TreeDigest.of(tree));
    assertEquals("", MountedRoot.of(site, "a", this::changes), "the source");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"USUAL", "NO_ETC", "ETC_LEADS_OUT", "FILES_LEAD_OUT", "LINKED_TO_SOMETHING_ELSE"})
  void ofCopies(Guest guest) throws Exception {
    make(Storage.DIRECTORY, guest.maker);
    String untouched = TreeDigest.of(host) + TreeDigest.of(tree);
    new Clones(site).make("a", "clone", Clones.full());
    String changed = changes(site.layout().storage().resolve("clone/root/tree"));
    if (guest == Guest.LINKED_TO_SOMETHING_ELSE) {
      // One file of two names, in the copy too.
      changed = changed.replace("\netc/other 644 0:0 clone", "");
    }
    assertEquals(guest.changed.strip(), changed);
    assertEquals(untouched, TreeDigest.of(host) + TreeDigest.of(tree));
  }

  @ParameterizedTest
  @EnumSource
  void isKeptWhereAskedFor(Part kept) throws Exception {
    make(Storage.OVERLAY, Guest.USUAL.maker);
    Set<Part> changed = EnumSet.complementOf(EnumSet.of(kept));
    new Clones(site).make("a", "clone", Clones.changing(changed));
    String prefix =
        switch (kept) {
          case HOSTNAME -> "etc/host";
          case MACHINE_ID -> "machine-id";
          case SSH_KEYS -> "etc/ssh";
        };
    String expected =
        Guest.USUAL
            .changed
            .lines()
            .filter(line -> !line.contains(prefix))
            .map(line -> line + "\n")
            .reduce("", String::concat);
    assertEquals(expected.strip(), MountedRoot.of(site, "clone", this::changes));
  }

  /** What is beneath all layers counts, also of those sealed beneath an inner overlay. */
  @ParameterizedTest
  @EnumSource
  void throughSealedLayers(Storage inner) throws Exception {
    make(inner, Guest.USUAL.maker);
    Clones clones = new Clones(site);
    Path changed = tree;
    if (inner == Storage.OVERLAY) {
      Files.createDirectory(site.path("upper/etc"));
      changed = site.path("upper");
    }
    Files.writeString(changed.resolve("etc/hosts"), "10.0.0.1 other a\n");
    clones.make("a", "unused");
    String beneath =
        inner == Storage.OVERLAY
            ? Filesystems.inner(site.path("upper"), site.path("work"), Filesystems.directory(tree))
            : Filesystems.directory(tree);
    site.define(
        DomainXml.named("reader")
            .device(
                Filesystems.overlay(site.empty("reader"), site.empty("reading"), "/", beneath)));
    clones.make("reader", "clone");
    assertEquals(
        "10.0.0.1 other a\n",
        MountedRoot.of(site, "reader", root -> Files.readString(root.resolve("etc/hosts"))));
    assertEquals(
        "10.0.0.1 other clone\n",
        MountedRoot.of(site, "clone", root -> Files.readString(root.resolve("etc/hosts"))));
    assertEquals(
        "clone\n",
        MountedRoot.of(site, "clone", root -> Files.readString(root.resolve("etc/hostname"))));
  }

  /** The files of {@code changed} that differ from the guest's tree, and those that are gone. */
  private String changes(Path changed) throws Exception {
    return Host.script(
        """
        cd "$2"
        find . ! -type d -printf '%P\\n' | LC_ALL=C sort | while read -r f; do
          if ! [[ -e $1/$f || -L $1/$f ]]; then
            echo "- $f"
          elif [[ -f $f && ! -L $f ]] && ! cmp -s "$f" "$1/$f"; then
            text=$(tr -d '\\0' <"$1/$f" | LC_ALL=C sed 's/[^ -~]/?/g' | paste -s -d,)
            printf '%s %s %s\\n' "$f" "$(stat -c '%a %u:%g' "$1/$f")" "${text:-nothing}"
          fi
        done
        """,
        changed.toString(), tree.toString());
  }
}
