// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneOrder.TreeFacts;
import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.OverlayChain;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.DiskUsage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How large the filesystems of a domain are. Nothing is mounted to know it. */
final class TreeScan {
  private static final Duration LIMIT = Duration.ofHours(1);

  /** What compression makes of a tree is rarely less than that part of it. */
  private static final long COMPRESSION = 4;

  private final CommandRunner runner;

  TreeScan(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * @param filesystem with all its layers
   * @param measure whether the files in directories have to be counted
   */
  TreeFacts facts(Filesystem filesystem, boolean measure) throws IOException {
    return switch (filesystem) {
      case Filesystem.Image image -> image(image.file(), image.format());
      case Filesystem.Block block -> image(block.device(), ImageFormat.RAW);
      case Filesystem.Mount mount ->
          measure ? directories(List.of(mount.source())) : TreeFacts.UNKNOWN;
      case Filesystem.Overlay overlay -> measure ? overlay(overlay.chain()) : TreeFacts.UNKNOWN;
      case Filesystem.Bind _, Filesystem.Ram _ -> TreeFacts.UNKNOWN;
    };
  }

  /** No more than this: what a layer hides of another one counts too. */
  private TreeFacts overlay(OverlayChain chain) throws IOException {
    List<Path> directories = new ArrayList<>();
    List<TreeFacts> images = new ArrayList<>();
    collect(chain, directories, images);
    images.add(directories(directories));
    return new TreeFacts(
        images.stream().mapToLong(TreeFacts::bytes).sum(),
        images.stream().mapToLong(TreeFacts::inodes).sum(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static void collect(OverlayChain chain, List<Path> directories, List<TreeFacts> images)
      throws IOException {
    chain.upper().ifPresent(upper -> directories.add(upper.directory()));
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> directories.add(directory.path());
        case BackingStore.Image image -> images.add(image(image.file(), image.format()));
        case BackingStore.Block block -> images.add(image(block.device(), ImageFormat.RAW));
        case BackingStore.Overlay inner -> collect(inner.chain(), directories, images);
      }
    }
  }

  private TreeFacts directories(List<Path> trees) throws IOException {
    List<Path> there = trees.stream().filter(Files::isDirectory).distinct().toList();
    if (there.isEmpty()) {
      return TreeFacts.UNKNOWN;
    }
    return new TreeFacts(
        sum(DiskUsage.bytes(there)),
        sum(DiskUsage.inodes(there)),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private long sum(Command command) throws IOException {
    CommandResult result = runner.run(command, LIMIT);
    if (!result.succeeded()) {
      throw new IOException(result.complaint());
    }
    String last = result.stdout().strip().lines().reduce((_, later) -> later).orElse("");
    return Long.parseLong(last.split("\t", 2)[0]);
  }

  private static TreeFacts image(Path file, ImageFormat format) throws IOException {
    if (!Files.exists(file)) {
      return TreeFacts.UNKNOWN;
    }
    long capacity =
        switch (format) {
          case RAW -> size(file);
          case QCOW2 -> QcowImage.read(file).capacity();
        };
    Optional<Superblock> found = Superblock.read(disk(file, format));
    if (found.isEmpty()) {
      return new TreeFacts(capacity * COMPRESSION, 0, Optional.empty(), Optional.empty(), false);
    }
    return new TreeFacts(
        found.get().bytes(),
        found.get().inodes(),
        Optional.of(capacity),
        Optional.of(found.get().type()),
        false);
  }

  private static long size(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.size();
    }
  }

  /** What an image has not written is its backing file's. */
  private static Superblock.Disk disk(Path file, ImageFormat format) {
    return switch (format) {
      case RAW -> Superblock.raw(file);
      case QCOW2 ->
          (position, length) -> {
            QcowImage image = QcowImage.read(file);
            Optional<ByteBuffer> own = image.content(position, length);
            Optional<Path> beneath = image.backingFile().filter(Files::exists);
            if (own.isPresent() || beneath.isEmpty()) {
              return own;
            }
            boolean raw = image.backingFormat().filter("raw"::equals).isPresent();
            return disk(beneath.get(), raw ? ImageFormat.RAW : ImageFormat.QCOW2)
                .content(position, length);
          };
    };
  }
}
