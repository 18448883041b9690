// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.Tar;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Between a layer as overlayfs has it, a directory, and as the OCI has it, a tar. The inodes are
 * GNU tar's work; what is not there any more is ours.
 */
public final class LayerDelta {
  private static final Duration LIMIT = Duration.ofHours(12);

  /** overlayfs's own, and XFS's second view of access lists. */
  private static final List<String> NOT_STORED =
      List.of(OverlayMark.PREFIX + "*", "trusted.SGI_ACL_*");

  private final Syscalls syscalls;
  private final CommandRunner runner;
  private final long limit;

  public LayerDelta(Syscalls syscalls, CommandRunner runner) {
    this(syscalls, runner, Long.MAX_VALUE);
  }

  /**
   * @param limit how many bytes of content a tar may bring, beside what the disk has room for
   */
  public LayerDelta(Syscalls syscalls, CommandRunner runner, long limit) {
    this.syscalls = Objects.requireNonNull(syscalls, "syscalls");
    this.runner = Objects.requireNonNull(runner, "runner");
    this.limit = limit;
  }

  /**
   * Writes a layer of overlayfs as an OCI layer, uncompressed, and fails on what that cannot say.
   * Sockets are left out, since a tar has no word for them. Beside the tar lies a list of names
   * meanwhile.
   *
   * @param tar written anew; gone after a failure
   */
  public void write(Path layer, Path tar) throws IOException {
    LayerScan scan = LayerScan.of(syscalls, layer);
    Path names = tar.resolveSibling(tar.getFileName() + ".names");
    try {
      try (MarkerTar markers = new MarkerTar(tar)) {
        for (String directory : scan.opaque()) {
          markers.file(directory + "/" + OciMarker.OPAQUE);
        }
        for (String whiteout : scan.whiteouts()) {
          int last = whiteout.lastIndexOf('/') + 1;
          markers.file(whiteout.substring(0, last) + OciMarker.PREFIX + whiteout.substring(last));
        }
      }
      try (OutputStream list = new BufferedOutputStream(Files.newOutputStream(names))) {
        for (String name : scan.names()) {
          list.write((name + '\0').getBytes(StandardCharsets.ISO_8859_1));
        }
      }
      run(Tar.append(tar, layer, names, NOT_STORED));
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(tar);
      throw failure;
    } finally {
      Files.deleteIfExists(names);
    }
  }

  /**
   * Makes a layer of overlayfs from an OCI layer. All of the tar is looked at before anything is
   * written, and what was made is looked at once more. Beside the layer lies a small tar meanwhile.
   *
   * @param layer not there, or an empty directory; as before after a failure
   * @param devices whether it may bring device nodes that give access to hardware
   */
  public void apply(Path tar, Path layer, boolean devices) throws IOException {
    Path parent = layer.toAbsolutePath().getParent();
    long room = Math.min(limit, Files.getFileStore(parent).getUsableSpace());
    LayerTree tree = LayerTree.of(tar, devices, room);
    boolean made = !Files.exists(layer, LinkOption.NOFOLLOW_LINKS);
    if (made) {
      Files.createDirectory(layer);
      Files.setPosixFilePermissions(layer, PosixFilePermissions.fromString("rwxr-xr-x"));
    } else if (!isEmptyDirectory(layer)) {
      throw new IOException(layer + " is no empty directory");
    }
    Path markers = layer.resolveSibling(layer.getFileName() + ".markers");
    try {
      writeMarkers(tree, markers);
      run(Tar.extract(markers, layer, List.of()));
      // They keep their times only if nothing is made in them afterwards.
      run(Tar.extract(tar, layer, List.of(OciMarker.PREFIX + "*")));
      check(layer, tree, devices);
    } catch (IOException | RuntimeException failure) {
      try {
        clear(layer);
        if (made) {
          Files.delete(layer);
        }
      } catch (IOException other) {
        failure.addSuppressed(other);
      }
      throw failure;
    } finally {
      Files.deleteIfExists(markers);
    }
  }

  private static boolean isEmptyDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
      return !children.iterator().hasNext();
    }
  }

  /**
   * overlayfs hides the whiteouts of a directory that is in this layer alone only if the directory
   * says that it was made from another.
   */
  private static void writeMarkers(LayerTree tree, Path file) throws IOException {
    Map<String, Map<String, String>> directories = new TreeMap<>();
    for (String directory : tree.opaque()) {
      directories
          .computeIfAbsent(directory, _ -> new LinkedHashMap<>())
          .put(OverlayMark.OPAQUE, "y");
    }
    for (String whiteout : tree.whiteouts()) {
      int last = whiteout.lastIndexOf('/');
      if (last > 0) {
        directories
            .computeIfAbsent(whiteout.substring(0, last), _ -> new LinkedHashMap<>())
            .put(OverlayMark.ORIGIN, "");
      }
    }
    try (MarkerTar markers = new MarkerTar(file)) {
      for (String parent : ancestors(directories)) {
        String name = parent.isEmpty() ? "." : "./" + parent;
        markers.directory(name, directories.getOrDefault(parent, Map.of()));
      }
      for (String whiteout : tree.whiteouts()) {
        markers.whiteout("./" + whiteout);
      }
    }
  }

  private static Iterable<String> ancestors(Map<String, ?> directories) {
    TreeSet<String> all = new TreeSet<>(directories.keySet());
    for (String directory : directories.keySet()) {
      for (int at = directory.indexOf('/'); at > 0; at = directory.indexOf('/', at + 1)) {
        all.add(directory.substring(0, at));
      }
    }
    return all;
  }

  /** The one that unpacks has read the tar by itself: what came of it is what was expected. */
  private void check(Path layer, LayerTree tree, boolean devices) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var walk = Files.walk(layer)) {
      walk.forEach(found::add);
    }
    int whiteouts = 0;
    for (Path path : found) {
      Stat stat = syscalls.lstat(path);
      if (stat.isWhiteout()) {
        whiteouts++;
      } else if (stat.isCharacterDevice() || stat.isBlockDevice()) {
        TarEntry.Kind kind = stat.isBlockDevice() ? TarEntry.Kind.BLOCK : TarEntry.Kind.CHARACTER;
        if (!LayerTree.isAllowed(kind, stat.target(), devices)) {
          throw new IOException("a device came out of the tar that was not seen in it: " + path);
        }
      }
    }
    if (whiteouts != tree.whiteouts().size() || found.size() - whiteouts != tree.count()) {
      throw new IOException("other files came out of the tar than were seen in it");
    }
  }

  private void clear(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          clear(child);
        }
        Files.delete(child);
      }
    }
  }

  private void run(Command command) throws IOException {
    CommandResult result = runner.run(command, LIMIT);
    if (!result.succeeded()) {
      throw new IOException(result.complaint());
    }
  }
}
