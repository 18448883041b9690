// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.archive.LayerDelta;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.PlanExecutor;
import io.domus.kernel.NamespaceThread;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.tool.ProcessCommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A layer that went through a tar shows, upon the same base, what it showed before. The kernel says
 * what that is.
 */
class LayerDeltaIT {
  private static final int SEEDS = 10;
  private static final int HISTORIES = 32;
  private static final Note NOTE = Note.of("a test");
  private static final Map<String, String> OPTIONS =
      Map.of("redirect_dir", "off", "metacopy", "off", "index", "off");

  @RegisterExtension final Site site = new Site();

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsWhatALayerShows(int seed) throws Exception {
    Random random = new Random(seed);
    for (int history = 0; history < HISTORIES; history++) {
      oneHistory(random, seed + "/" + history);
    }
  }

  private void oneHistory(Random random, String name) throws Exception {
    List<Path> base = new ArrayList<>();
    TreeView beneath = TreeView.of(site.empty(name + "/empty"));
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      Path layer = site.empty(name + "/" + count);
      new LayerGenerator(LayerGenerator.OCI_NAMES, random, layer, beneath).fill();
      beneath = beneath.under(TreeView.of(layer));
      base.addFirst(layer);
    }
    Path upper = site.empty(name + "/upper");
    new LayerGenerator(LayerGenerator.OCI_NAMES, random, upper, beneath).fill();
    sameThrough(base, upper, name);
  }

  @Test
  void keepsEveryInode() throws Exception {
    Path upper = EveryInode.make(site.path("upper"));
    Host.script(
        """
        cd "$1"; rm kinds/socket names/two/three/same-fifo
        touch -d @1 kinds names/two/three
        """,
        upper.toString());
    sameThrough(List.of(site.empty("base")), upper, "every inode");
    assertEquals(
        "",
        TreeDigest.difference(TreeDigest.of(upper), TreeDigest.of(site.path("every inode-new"))),
        "the layer | as it came out");
    assertTrue(
        TreeDigest.sparse(site.path("every inode-new").resolve(EveryInode.SPARSE)) < 1 << 20,
        "holes are filled");
  }

  @Test
  void keepsWhatAGuestDid() throws Exception {
    site.empty("base");
    site.empty("upper");
    site.empty("work");
    site.empty("mnt");
    Host.script(BASE, site.path("base").toString());
    Host.script(
        """
        unshare --mount bash -euc '
          cd "$1"
          mount -t overlay o -o lowerdir=base,upperdir=upper,workdir=work mnt
          cd mnt
          %s' - "$1"
        """
            .formatted(DONE.replace("'", "'\\''")),
        site.directory().toString());
    sameThrough(List.of(site.path("base")), site.path("upper"), "guest");
  }

  private static final String BASE =
      """
      cd "$1"
      mkdir app keep attributes dir swapped
      echo old >app/old; echo kept >keep/file; echo 1 >keep/other; mkdir keep/below
      echo 2 >keep/below/deep; ln -s keep link; ln -s old other-link
      echo one >first; ln first second
      echo x >gone-and-back; echo y >file-to-directory; echo z >dir/z; echo q >swapped/q
      : >"$(printf 'n%.0s' {1..255})"; : >$'new\\nline'; : >-dash; : >"$(printf 'not-\\xff-text')"
      mkdir "$(printf 'd-\\xfe')"; : >"$(printf 'd-\\xfe/in-\\xfd')"; : >"$(printf 'd-\\xfe/in-\\xfc')"
      mkdir "$(printf 'e-\\xfe')"; : >"$(printf 'e-\\xfe/in')"; : >'gr\u00fcn'
      chmod 0700 .
      """;

  private static final String DONE =
      """
      rm -rf app; mkdir app; echo new >app/new
      echo more >>keep/below/deep
      chmod 2750 keep; chown 12:13 keep; chmod 1711 .; chown 5:6 .
      rm gone-and-back; echo back >gone-and-back
      rm file-to-directory; mkdir file-to-directory; echo in >file-to-directory/in
      rm -r dir; echo file >dir; rm dir; mkdir dir; echo again >dir/again
      rm -r swapped; ln -s keep/below swapped
      rm link; ln -s app link; rm other-link; echo plain >other-link
      ln keep/file third; ln third keep/fourth; echo changed >>second
      setfattr -n user.a -v b keep/file; setfattr -n trusted.a -v 0x00ff0a attributes
      setfacl -m u:1000:rw keep/other; setfacl -d -m g:12:rwx attributes
      cp /bin/true capable; setcap cap_net_raw+ep capable
      mkdir dev; mknod dev/null c 1 3; mknod dev/loop b 7 9; mkfifo -m 600 pipe
      truncate -s 1G sparse; echo end >>sparse
      rm "$(printf 'n%.0s' {1..255})" $'new\\nline' -- -dash "$(printf 'not-\\xff-text')"
      rm "$(printf 'd-\\xfe/in-\\xfd')"; rm -r "$(printf 'e-\\xfe')"; mkdir "$(printf 'e-\\xfe')"
      echo u >"$(printf 'e-\\xfe/\\xfb')"; rm 'gr\u00fcn'; : >'bl\u00e4u'; : >$'a\\nb'; : >--help
      echo w >"$(printf 'w%.0s' {1..255})"
      touch -d 2001-02-03T04:05:06.789012345Z keep/file app
      touch -h -d 1969-12-31T23:59:59.999999999Z link; touch -d 2040-01-01T00:00:00.5Z keep .
      """;

  /** Writes, makes anew, and compares what shows upon a base. */
  private void sameThrough(List<Path> base, Path upper, String name) throws Exception {
    LayerDelta delta =
        new LayerDelta(Site.SYSCALLS, new ProcessCommandRunner(site.path("scratch")));
    Path tar = site.path(name + ".tar");
    Path made = site.path(name + "-new");
    delta.write(upper, tar);
    delta.apply(tar, made, true);
    assertEquals(
        "",
        TreeDigest.difference(look(upper, base, name), look(made, base, name)),
        () -> "as it was | as it came out, " + name);
  }

  private String look(Path layer, List<Path> base, String name) throws Exception {
    List<Path> layers = new ArrayList<>(base);
    layers.addFirst(layer);
    Path target = site.empty(name + "-view");
    MountSpec overlay =
        new MountSpec.Overlay(layers, Optional.empty(), OPTIONS, MountFlags.READONLY);
    PlanExecutor executor = site.driver().machinery(NamespaceRunner.HERE).executor();
    return new NamespaceThread(Site.SYSCALLS)
        .<String, Exception>inNew(
            () -> {
              executor.runToTheEnd(
                  List.of(new Step.MountFilesystem(overlay, target, Optional.empty(), NOTE)));
              return TreeDigest.withoutMarks(target);
            });
  }
}
