// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The documents that arguments mean, one after the other: files as they are named, and of
 * directories all {@code *.xml} below, sorted. Never holds more names than those of the directories
 * it stands in.
 */
final class InputWalk implements Iterator<Input> {
  static final String STDIN = "-";
  private static final String SUFFIX = ".xml";

  private final Iterator<String> arguments;
  private final boolean hidden;
  private final Deque<Iterator<Path>> open = new ArrayDeque<>();

  /** The directory that was named last, as long as nothing has been found in it. */
  private String barren;

  private Input next;

  /**
   * @param hidden whether to look at what begins with a dot as well
   */
  InputWalk(List<String> arguments, boolean hidden) {
    this.arguments = arguments.iterator();
    this.hidden = hidden;
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      if (!open.isEmpty()) {
        next = below();
      } else if (barren != null) {
        next = new Input.PassedOver(barren, "holds no *.xml");
      } else if (arguments.hasNext()) {
        next = named(arguments.next());
      } else {
        return false;
      }
      barren = next == null ? barren : null;
    }
    return true;
  }

  @Override
  public Input next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Input found = next;
    next = null;
    return found;
  }

  /** Null if it is a directory, which is then open. */
  private Input named(String argument) {
    if (argument.equals(STDIN)) {
      return new Input.StandardInput(argument);
    }
    if (argument.isEmpty()) {
      return new Input.Missing(argument, "no such file");
    }
    try {
      Path path = Path.of(argument);
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isDirectory()) {
        return new Input.Document(argument, path, true, attributes.fileKey());
      }
      open.push(entries(path));
      barren = argument;
      return null;
    } catch (IOException failure) {
      return new Input.Missing(argument, Reason.of(failure));
    } catch (InvalidPathException odd) {
      return new Input.Missing(argument, odd.getReason());
    }
  }

  /** Null if there is nothing to tell of the next entry. */
  private Input below() {
    if (!open.peek().hasNext()) {
      open.pop();
      return null;
    }
    Path path = open.peek().next();
    String name = path.toString();
    try {
      return entry(path, name);
    } catch (IOException failure) {
      return new Input.Missing(name, Reason.of(failure));
    }
  }

  private Input entry(Path path, String name) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory()) {
      open.push(entries(path));
      return null;
    }
    if (attributes.isSymbolicLink() && Files.isDirectory(path)) {
      return new Input.PassedOver(name, "is a link to a directory");
    }
    if (!name.endsWith(SUFFIX)) {
      return null;
    }
    if (attributes.isSymbolicLink()) {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    }
    // To open a pipe or a device would wait for somebody, or do something.
    return attributes.isRegularFile()
        ? new Input.Document(name, path, false, attributes.fileKey())
        : new Input.PassedOver(name, "is no regular file");
  }

  /** Sorted by bytes, which no locale changes. */
  private Iterator<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        if (hidden || !entry.getFileName().toString().startsWith(".")) {
          entries.add(entry);
        }
      }
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    Collections.sort(entries);
    return entries.iterator();
  }
}
