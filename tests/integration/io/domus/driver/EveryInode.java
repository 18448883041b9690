// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.DeviceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A tree with everything that a filesystem can hold: each kind of inode, and whatever may be fixed
 * to one. Made by a shell, since names that are not text and the like cannot be had from Java.
 */
final class EveryInode {
  /** Its size is a gibibyte, its content little: copied hole by hole it takes no more than here. */
  static final String SPARSE = "sizes/sparse";

  /** Content enough to see whether it was shared or written again. */
  static final String LARGE = "sizes/large";

  static final int LARGE_MEBIBYTES = 24;

  private static final int SOCKET = 0xc000;
  private static final DeviceNumber NONE = new DeviceNumber(0, 0);

  private EveryInode() {}

  private static final String KINDS =
      """
      mkdir kinds
      echo hello >kinds/file
      : >kinds/empty
      echo '#!/bin/sh' >kinds/suid; chown 1000:1001 kinds/suid; chmod 6755 kinds/suid
      mkdir kinds/sticky kinds/setgid; chmod 1777 kinds/sticky
      chgrp 1001 kinds/setgid; chmod 2775 kinds/setgid; : >kinds/setgid/inside
      ln -s file kinds/link
      ln -s nowhere/at/all kinds/dangling
      ln -s /etc/passwd kinds/absolute
      ln -s "$(printf 'long/%.0s' {1..200})end" kinds/long-link
      ln -s file kinds/owned-link; chown -h 1000:1001 kinds/owned-link
      mkfifo -m 0620 kinds/fifo; chown 12:13 kinds/fifo
      mknod -m 0660 kinds/character c 1 3; chgrp 6 kinds/character
      mknod -m 0640 kinds/block b 7 200
      mknod kinds/large-numbers c 511 262143
      mkdir -p names/one names/two/three
      echo linked >names/one/first; ln names/one/first names/two/second
      ln names/one/first names/two/three/third
      ln -s anywhere names/one/link; ln names/one/link names/two/same-link
      mkfifo names/one/fifo; ln names/one/fifo names/two/three/same-fifo
      """;

  private static final String ATTRIBUTES =
      """
      mkdir attributes; cd attributes
      : >access; setfacl -m u:1000:rw,g:1001:r,m::rw access
      mkdir inherited; setfacl -m u:1000:rwx -d -m u:1001:rx,g:12:rwx inherited
      : >inherited/file; mkdir inherited/directory; ln -s file inherited/link
      mkdir plain-below-inherited; setfacl -d -m u:7:rwx plain-below-inherited
      : >plain-below-inherited/bare; setfacl -b plain-below-inherited/bare
      mkdir plain-below-inherited/bare-directory; setfacl -bk plain-below-inherited/bare-directory
      : >user; setfattr -n user.text -v value user; setfattr -n user.binary -v 0x00ff0a003d user
      setfattr -n user.empty user
      : >large; setfattr -n user.large -v "$(printf '%02048d' 0)" large
      : >trusted; setfattr -n trusted.binary -v 0x000102fe trusted
      mkdir directory; setfattr -n user.directory -v d directory
      setfattr -n trusted.directory -v d directory
      ln -s nowhere link; setfattr -h -n trusted.link -v l link
      mkfifo fifo; setfattr -n trusted.fifo -v f fifo; setfacl -m u:1000:rw fifo
      mknod null c 1 3; setfattr -n trusted.device -v c null
      cp /bin/true capable; setcap cap_net_raw,cap_net_admin+ep capable
      cp /bin/true capable-and-owned; chown 1000:1001 capable-and-owned
      setcap cap_net_bind_service=ep capable-and-owned
      : >read-only; setfattr -n user.kept -v k read-only; chmod 0400 read-only
      cd ..
      """;

  private static final String SIZES =
      """
      mkdir sizes
      for size in 0 1 4095 4096 4097 1048576; do
        head -c "$size" /dev/urandom >"sizes/$size"
      done
      head -c 24M /dev/urandom >sizes/large
      truncate -s 1G sizes/sparse
      for at in 0 3 500 1023; do
        dd if=/dev/urandom of=sizes/sparse bs=64K count=1 seek=$((at * 16)) conv=notrunc status=none
      done
      truncate -s 8M sizes/only-a-hole
      fallocate -l 4M sizes/reserved
      mkdir many
      for ((i = 0; i < 3000; i++)); do echo "$i" >"many/$i"; done
      """;

  private static final String PLACES =
      """
      mkdir odd; cd odd
      : >$'new\\nline'; : >' spaces '; : >-dash; : >--help; : >'back\\slash'; : >'"quoted'\\'''
      : >'a=b'; : >'*'; : >$'\\t'; : >'{a}'; : >$'gr\\xc3\\xbcn'; : >$'\\xe2\\x82\\xac'
      printf 'not text' >"$(printf 'not-\\xff\\xfe-text')"
      setfattr -n user.name -v odd "$(printf 'not-\\xff\\xfe-text')"
      mkdir "$(printf 'not-\\xc3-text-either')"; : >"$(printf 'not-\\xc3-text-either')/below"
      ln -s "$(printf 'target-\\x80')" "$(printf 'link-\\xa0')"
      setfattr -h -n trusted.name -v odd "$(printf 'link-\\xa0')"
      : >"$(printf 'n%.0s' {1..255})"; mkdir "$(printf 'm%.0s' {1..255})"
      cd ..
      mkdir -p "deep/$(printf 'd/%.0s' {1..40})"; echo deep >"deep/$(printf 'd/%.0s' {1..40})file"
      mkdir owners
      for id in 0 1 99 1000 65534 65535 65536 100000 165535 2147483647 4294967294; do
        : >"owners/$id"; chown "$id:$id" "owners/$id"
        mkdir "owners/of-$id"; chown "$id:1" "owners/of-$id"
      done
      mkdir modes
      for mode in 0000 0001 0200 0400 0444 0777 1000 2000 4000 7777; do
        : >"modes/$mode"; chmod "$mode" "modes/$mode"
      done
      mkdir modes/shut modes/no-writing; echo kept >modes/shut/file; echo kept >modes/no-writing/file
      mkdir modes/no-writing/below; chown 1000:1000 modes/no-writing
      chmod 0000 modes/shut; chmod 0500 modes/no-writing
      """;

  /** Last, since what is made in a directory changes its time. */
  private static final String TIMES =
      """
      mkdir times
      while read -r name time; do
        : >"times/$name"; touch -h -d "$time" "times/$name"
        ln -s "$name" "times/link-$name"; touch -h -d "$time" "times/link-$name"
        mkdir "times/in-$name"; : >"times/in-$name/file"; touch -d "$time" "times/in-$name"
      done <<'END'
      before-1970 1965-03-04T05:06:07.123456789Z
      just-before 1969-12-31T23:59:59.999999999Z
      epoch 1970-01-01T00:00:00Z
      nanosecond 2001-09-09T01:46:40.000000001Z
      after-2038 2040-02-29T12:00:00.987654321Z
      END
      touch -h -d 2011-11-11T11:11:11.111111111Z kinds/* attributes/* names modes/shut
      touch -d 1999-12-31T23:59:59.5Z kinds deep times .
      chown 1000:1001 .; chmod 2751 .
      setfacl -m u:12:rx -d -m g:13:rwx .
      setfattr -n user.root -v r .; setfattr -n trusted.root -v 0x00 .
      touch -d 1999-12-31T23:59:59.5Z .
      """;

  private static final String MARKS =
      """
      mkdir upper; cd upper
      mknod whiteout c 0 0
      mkdir opaque; setfattr -n trusted.overlay.opaque -v y opaque; mknod opaque/whiteout c 0 0
      mkdir moved; setfattr -n trusted.overlay.redirect -v /kinds moved
      : >copied-up; setfattr -n trusted.overlay.origin -v 0x00fb21008100 copied-up
      ln -s nowhere link; setfattr -h -n trusted.overlay.origin -v 0x00fb21008101 link
      : >metacopy; setfattr -n trusted.overlay.metacopy metacopy
      mkdir inner; setfattr -n trusted.overlay.opaque -v x inner
      : >inner/gone; setfattr -n trusted.overlay.whiteout inner/gone
      mkdir impure; setfattr -n trusted.overlay.impure -v y impure
      cd ..
      touch -d 1999-12-31T23:59:59.5Z .
      """;

  /** Makes the tree, of which nothing may be there yet. */
  static Path make(Path tree) throws IOException, InterruptedException {
    Files.createDirectories(tree);
    script(tree, KINDS);
    Path socket = tree.resolve("kinds/socket");
    Site.SYSCALLS.mknod(socket, SOCKET | 0750, NONE);
    Files.setAttribute(socket, "unix:uid", 1000, LinkOption.NOFOLLOW_LINKS);
    script(tree, ATTRIBUTES);
    script(tree, SIZES);
    script(tree, PLACES);
    script(tree, TIMES);
    return tree;
  }

  /** The same with what overlayfs leaves in an upper directory. */
  static Path makeUpper(Path tree) throws IOException, InterruptedException {
    make(tree);
    script(tree, MARKS);
    return tree;
  }

  private static void script(Path tree, String text) throws IOException, InterruptedException {
    Host.script("umask 022; cd \"$1\"\n" + text, tree.toString());
  }
}
