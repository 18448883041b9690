// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of GNU tar, with all that belongs to an inode. Names are bytes to it; in a UTF-8
 * locale it stores them as they are, text or not.
 */
public final class Tar {
  private Tar() {}

  /**
   * Adds to an archive what a list names, and nothing beneath it.
   *
   * @param names relative to the directory, each ended by a NUL
   * @param withoutAttributes patterns of extended attributes that are left out
   */
  public static Command append(
      Path archive, Path directory, Path names, List<String> withoutAttributes) {
    List<String> argv = common("--append", archive, directory);
    argv.addAll(List.of("--format=posix", "--sparse", "--no-recursion"));
    // Times of access and change are nobody's business, and would make no two archives alike.
    argv.add("--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime");
    withoutAttributes.forEach(pattern -> argv.add("--xattrs-exclude=" + pattern));
    argv.addAll(List.of("--null", "--files-from=" + names));
    return command(argv);
  }

  /**
   * Unpacks an archive as its entries say, owners and special modes included.
   *
   * @param without patterns of names, of which one below a directory is enough
   */
  public static Command extract(Path archive, Path directory, List<String> without) {
    List<String> argv = common("--extract", archive, directory);
    argv.addAll(List.of("--same-owner", "--preserve-permissions", "--delay-directory-restore"));
    argv.add("--warning=no-timestamp");
    argv.add("--warning=no-unknown-keyword");
    without.forEach(pattern -> argv.add("--exclude=" + pattern));
    return command(argv);
  }

  private static List<String> common(String mode, Path archive, Path directory) {
    List<String> argv = new ArrayList<>(List.of("tar", mode));
    // Without this a colon in the path would be the end of another machine's name.
    argv.add("--force-local");
    argv.addAll(List.of("--file=" + archive, "--directory=" + directory));
    argv.addAll(List.of("--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*"));
    return argv;
  }

  private static Command command(List<String> argv) {
    return Command.of(argv).withEnv("LC_ALL", "C.UTF-8").withEnv("TAR_OPTIONS", "");
  }
}
