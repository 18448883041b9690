// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The steps that networks need beside those of domains. */
public sealed interface NetworkStep extends Step.OfNetwork {
  /**
   * Removes a bridge with its addresses and routes.
   *
   * @param mac a bridge of this name with another address is somebody else's and stays
   */
  record RemoveBridge(String device, String mac, Note note) implements NetworkStep {
    @Override
    public Undo undo() {
      return Undo.NOTHING;
    }
  }

  /**
   * Writes a value to a file of the kernel, below {@code /proc/sys}.
   *
   * @param before what the undo puts back, if it puts anything back
   * @param tolerant true if a file that is gone counts as done
   */
  record SetKernelValue(
      Path file, String value, Optional<String> before, boolean tolerant, Note note)
      implements NetworkStep {
    @Override
    public Undo undo() {
      return before
          .map(
              former ->
                  Undo.by(
                      new SetKernelValue(
                          file, former, Optional.empty(), true, Note.of("put the value back"))))
          .orElse(Undo.NOTHING);
    }
  }

  /**
   * Signals a program that was started as a helper, if it is alive, and goes on.
   *
   * @param record the file with its pid
   */
  record SignalHelper(Path record, int signal, Note note) implements NetworkStep {
    /** Upon which programs read their files anew. */
    public static final int HUP = 1;

    @Override
    public Undo undo() {
      return Undo.NOTHING;
    }
  }

  /**
   * Writes a file whole, by rename, over one whose content is known.
   *
   * @param before empty if there was none
   */
  record ChangeFile(Path file, String content, Optional<String> before, int mode, Note note)
      implements NetworkStep {
    @Override
    public Undo undo() {
      return Undo.by(
          before
              .<Step>map(
                  former -> new Step.WriteFile(file, former, mode, Note.of("as it was before")))
              .orElse(new Step.RemoveFile(file, Note.of("remove the file"))));
    }
  }

  /**
   * Ends a helper, recorded or not, and starts it anew.
   *
   * @param record the file into which the program writes its pid
   */
  record RestartHelper(Command command, Path record, Note note) implements NetworkStep {
    @Override
    public Undo undo() {
      return Undo.NOTHING;
    }
  }

  /**
   * Gives the network namespace of a process a name that later steps know.
   *
   * @param pidFile of the process
   * @param link a symbolic link to the kernel's file of the namespace
   */
  record NameNamespace(Path pidFile, Path link, Note note) implements NetworkStep {
    @Override
    public Undo undo() {
      return Undo.by(new Step.RemoveFile(link, Note.of("remove the link")));
    }
  }

  /**
   * Writes a value to files of the kernel, below {@code /proc/sys/net}, as a network namespace has
   * them. A file that it has not, because the kernel has not what it is about, counts as done.
   *
   * @param namespace the kernel's file of it, or a link to that
   */
  record SetGuestValue(Path namespace, List<Path> files, String value, Note note)
      implements NetworkStep {
    public SetGuestValue {
      files = List.copyOf(files);
    }

    /** The namespace goes with the guest. */
    @Override
    public Undo undo() {
      return Undo.NOTHING;
    }
  }

  /**
   * Removes the host's ends of a guest's interfaces, and the guest's with them.
   *
   * @param ends those that are gone, or whose address is another one, are nothing of ours
   */
  record RemoveLinks(List<End> ends, Note note) implements NetworkStep {
    public RemoveLinks {
      ends = List.copyOf(ends);
    }

    /** The host's end of an interface. */
    public record End(String device, String mac) {}

    @Override
    public Undo undo() {
      return Undo.NOTHING;
    }
  }
}
