// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.ReadFailedException;
import io.domus.lxc.LxcFiles;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files around a configuration of LXC, as they are on this machine. */
final class ConfigurationFiles implements LxcFiles {
  /** What kind of file it is: inode(7). */
  private static final int TYPE = 0170000;

  private final Session session;
  private final Path base;

  /**
   * @param base where relative paths begin
   */
  ConfigurationFiles(Session session, Path base) {
    this.session = session;
    this.base = base.toAbsolutePath().normalize();
  }

  /** For a file of the command line, or for stdin. */
  static ConfigurationFiles beside(Session session, String argument) {
    try {
      Path file = Path.of(argument).toAbsolutePath();
      return new ConfigurationFiles(
          session, argument.equals("-") ? Path.of("") : file.resolveSibling(""));
    } catch (InvalidPathException unreadable) {
      return new ConfigurationFiles(session, Path.of(""));
    }
  }

  @Override
  public String locate(String path) {
    try {
      return base.resolve(path).normalize().toString();
    } catch (InvalidPathException noPath) {
      return path;
    }
  }

  @Override
  public Kind kind(String path) {
    try {
      int mode = (Integer) Files.getAttribute(Path.of(locate(path)), "unix:mode");
      return switch (mode & TYPE) {
        case 0100000 -> Kind.FILE;
        case 0040000 -> Kind.DIRECTORY;
        case 0060000 -> Kind.BLOCK_DEVICE;
        case 0020000 -> Kind.CHARACTER_DEVICE;
        default -> Kind.OTHER;
      };
    } catch (IOException | InvalidPathException absent) {
      return Kind.ABSENT;
    }
  }

  @Override
  public byte[] read(String path) {
    // A pipe or a terminal would keep us waiting.
    return switch (kind(path)) {
      case FILE, DIRECTORY, ABSENT -> whole(DefinitionFile.read(session, locate(path)));
      case BLOCK_DEVICE, CHARACTER_DEVICE, OTHER ->
          throw new ReadFailedException("cannot read " + path + ": no regular file");
    };
  }

  /** Part of a file is never taken for the whole. */
  static byte[] whole(DefinitionFile file) {
    if (file.bytes().length > XmlSource.LIMIT) {
      throw new ReadFailedException("cannot read " + file.name() + ": more than 4 MiB");
    }
    return file.bytes();
  }

  @Override
  public List<String> configurations(String directory) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory), "?*.conf")) {
      entries.forEach(entry -> found.add(entry.toString()));
    } catch (IOException | InvalidPathException unreadable) {
      return List.of();
    }
    Collections.sort(found);
    return found;
  }
}
