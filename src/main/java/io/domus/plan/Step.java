// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.GuestIdentity;
import io.domus.domain.UpperLayers;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a plan does. The set is closed: whatever changes the machine is one of these, so
 * whoever knows them knows all that Domus can do to it.
 */
public sealed interface Step {
  Note note();

  /** What takes it back; run in reverse order when a later step fails. */
  Undo undo();

  /** What removes, waits or tells, and so leaves nothing to take back. */
  sealed interface WithoutUndo extends Step {
    @Override
    default Undo undo() {
      return Undo.NOTHING;
    }
  }

  /** What only networks need. */
  sealed interface OfNetwork extends Step permits NetworkStep {}

  /** What hooks are told. */
  sealed interface OfHooks extends Step permits HookStep {}

  /** Makes a directory and its missing parents; one that is there already is left as it is. */
  record MakeDirectory(Path directory, int mode, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(
          new RemoveDirectory(directory, Note.of("remove the directory if it is empty")));
    }
  }

  /** Removes a directory if it is there and empty: a leaked mount must not be eaten. */
  record RemoveDirectory(Path directory, Note note) implements WithoutUndo {}

  /**
   * Mounts in the domain's own namespace.
   *
   * @param label the name that the definition gives to an inner layer
   */
  record MountFilesystem(MountSpec spec, Path target, Optional<Path> label, Note note)
      implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new UnmountFilesystem(target, Note.of("unmount")));
    }
  }

  /** Unmounts; nothing mounted there counts as done. */
  record UnmountFilesystem(Path target, Note note) implements WithoutUndo {}

  /** Hides a mount from the domain's namespace; the host still has it. */
  record HideMount(Path target, Note note) implements WithoutUndo {}

  /** Writes a file whole, by rename. */
  record WriteFile(Path file, String content, int mode, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new RemoveFile(file, Note.of("remove the file")));
    }
  }

  /** Removes a file; one that is gone counts as done. */
  record RemoveFile(Path file, Note note) implements WithoutUndo {}

  /**
   * Runs a program to its end; another exit status than 0 is a failure.
   *
   * @param tolerant true if a failure only matters to the log: the last resorts of an undo
   */
  record RunCommand(Command command, boolean tolerant, Undo undo, Note note) implements Step {
    public RunCommand {
      Objects.requireNonNull(command, "command");
      Objects.requireNonNull(undo, "undo");
      Objects.requireNonNull(note, "note");
    }
  }

  /**
   * Starts the monitor, which creates the container; done when it reports the container's pid.
   *
   * @param created the file that the runtime writes when the container is made
   * @param monitor the file that the monitor writes first
   * @param undo kills and deletes the container, upon which the monitor ends
   */
  record StartMonitor(Command command, Path created, Path monitor, Undo undo, Note note)
      implements Step {}

  /**
   * Attaches an image to a free loop device.
   *
   * @param link a symbolic link to the device, through which later steps name it
   * @param stays false if the device frees itself after its last use, such as a mount; one that
   *     only a guest will open stays until it is detached
   * @param helper the record of the image helper in whose namespace the image is seen, if any
   */
  record AttachLoop(
      Path image, Path link, boolean readonly, boolean stays, Optional<Path> helper, Note note)
      implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new DetachLoop(link, Note.of("detach the loop device")));
    }
  }

  /** Detaches the loop device that a link names and removes the link. */
  record DetachLoop(Path link, Note note) implements WithoutUndo {}

  /**
   * Starts a helper in a mount namespace of its own; done when it is in the background.
   *
   * @param record the file into which the program writes its pid
   */
  record StartHelper(Command command, Path record, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new StopHelper(command, record, Note.of("end the helper")));
    }
  }

  /**
   * Ends a helper with TERM, waits for it, and removes its record.
   *
   * @param command what it was started by: who is killed in that moment leaves a helper, or
   *     something that is about to be one, that no record names
   */
  record StopHelper(Command command, Path record, Note note) implements WithoutUndo {}

  /**
   * Copies a tree with everything that belongs to it, by reference where the filesystem can.
   *
   * @param layers if the tree is an overlay of directories, these, the topmost first: what a
   *     mounted overlay shows cannot be copied by reference, what lies in its layers can
   */
  record CopyTree(Path from, List<Path> layers, Path to, Undo undo, Note note) implements Step {
    public CopyTree {
      Objects.requireNonNull(undo, "undo");
      layers = List.copyOf(layers);
    }

    /** A copy that is removed by itself. */
    public static CopyTree alone(Path from, Path to, Note note) {
      Undo undo = Undo.by(new RemoveCopy(to, Note.of("remove the copy")));
      return new CopyTree(from, List.of(), to, undo, note);
    }

    /** A copy into something that goes as a whole. */
    public static CopyTree within(Path from, Path to, Note note) {
      return within(from, List.of(), to, note);
    }

    /** The same of an overlay whose layers are known. */
    public static CopyTree within(Path from, List<Path> layers, Path to, Note note) {
      return new CopyTree(from, layers, to, Undo.NOTHING, note);
    }
  }

  /**
   * Removes a tree that is Domus's own: below its state, where nobody else writes, or in a place
   * that {@link MakeStorage} made.
   */
  record RemoveCopy(Path tree, Note note) implements WithoutUndo {}

  /**
   * Makes one layer of several, which shows the same over whatever lies beneath: what they hide
   * stays hidden.
   *
   * @param layers the topmost first
   * @param userxattr whether their marks are {@code user.overlay.*}
   */
  record MergeLayers(List<Path> layers, Path into, boolean userxattr, Note note) implements Step {
    public MergeLayers {
      layers = List.copyOf(layers);
    }

    @Override
    public Undo undo() {
      return Undo.by(new RemoveCopy(into, Note.of("remove the merged layer")));
    }
  }

  /**
   * Writes what a layer holds and hides as an OCI layer: an uncompressed tar with whiteouts.
   *
   * @param layer an overlay's upper directory or layer, or a whole tree, which hides nothing
   */
  record PackLayer(Path layer, Path tar, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new RemoveFile(tar, Note.of("remove the packed layer")));
    }
  }

  /**
   * Makes a layer of an OCI layer, all of which is looked through before anything is written.
   *
   * @param devices whether it may hold other devices than those that every guest has
   */
  record UnpackLayer(Path tar, Path layer, boolean devices, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new RemoveCopy(layer, Note.of("remove the unpacked layer")));
    }
  }

  /**
   * Has the processes of a dump come back in another cgroup than they were in.
   *
   * @param image CRIU's {@code cgroup.img}, which is replaced
   */
  record RenameCgroup(Path image, String from, String to, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new RenameCgroup(image, to, from, Note.of("name the former cgroup again")));
    }
  }

  /** Has timers in CRIU's {@code files.img} ring on that had rung unheard at the dump. */
  record RearmTimers(Path image, Note note) implements WithoutUndo {}

  /**
   * Makes a directory for what a domain writes, with a mark in it that it is Domus's to remove;
   * nothing is there yet. What the following steps put into it goes with it.
   */
  record MakeStorage(Path directory, Note note) implements Step {
    /** The name of the mark. */
    public static final String MARK = ".domus-storage";

    @Override
    public Undo undo() {
      return Undo.by(new RemoveCopy(directory, Note.of("remove what was put there")));
    }
  }

  /**
   * Renames a file or directory within its filesystem; never over something.
   *
   * @param tolerant true if nothing to move counts as done: the undo of a move that was not made
   */
  record MoveIntoPlace(Path from, Path to, boolean tolerant, Note note) implements Step {
    @Override
    public Undo undo() {
      return tolerant
          ? Undo.NOTHING
          : Undo.by(new MoveIntoPlace(to, from, true, Note.of("move it back")));
    }
  }

  /**
   * Keeps a file, or an empty directory, under another name and gives its own to a new one; both on
   * one mount.
   *
   * @param by the new one, which is ready
   */
  record ReplaceFile(Path file, Path kept, Path by, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(new PutBack(kept, file, Note.of("put the file back")));
    }
  }

  /**
   * Renames a file that was kept over the one that took its place. Nothing kept counts as done:
   * then the file is where it always was, and must not be touched.
   */
  record PutBack(Path kept, Path file, Note note) implements WithoutUndo {}

  /** Makes an empty directory with another's owner, mode and attributes, but overlayfs's own. */
  record MakeDirectoryLike(Path directory, Path like, Note note) implements Step {
    @Override
    public Undo undo() {
      return Undo.by(
          new RemoveDirectory(directory, Note.of("remove the directory if it is empty")));
    }
  }

  /**
   * Writes down which sealed layers lie beneath an upper directory, which the record names by path
   * and by inode.
   *
   * @param file the record
   * @param before what the record said until now, empty if there was none
   */
  record RecordLayers(Path upper, UpperLayers layers, Path file, Optional<String> before, Note note)
      implements Step {
    @Override
    public Undo undo() {
      return Undo.by(
          before
              .<Step>map(
                  content ->
                      new WriteFile(file, content, 0600, Note.of("put back the former record")))
              .orElse(new RemoveFile(file, Note.of("remove the record"))));
    }
  }

  /**
   * Makes a copied guest another one: what names it in its own files. Paths are resolved within the
   * tree: a link in it cannot lead out.
   */
  record ChangeIdentity(Path tree, GuestIdentity change, Note note) implements Step {
    @Override
    public Undo undo() {
      return new Undo.Impossible("the tree is a copy and goes as a whole");
    }
  }

  /** From here on the operation stands: what follows only clears up, and is done after a crash. */
  record Commit(Note note) implements Step {
    @Override
    public Undo undo() {
      return new Undo.Impossible("the operation stands");
    }
  }

  /** Signals the guest's init, if it is alive. */
  record SignalGuest(Path pidFile, int signal, Note note) implements Step {
    @Override
    public Undo undo() {
      return new Undo.Impossible("a signal cannot be taken back");
    }
  }

  /**
   * Waits until a container that was being created is there, or its monitor is gone: to delete one
   * that is half made would leave the other half.
   *
   * @param pidFile the runtime writes it when the container is made
   */
  record AwaitSettled(Path pidFile, Path monitor, Duration timeout, Note note)
      implements WithoutUndo {}

  /**
   * Waits until a guest that was told to freeze stands still to its last process.
   *
   * @param cgroup of its run
   */
  record AwaitStandstill(String cgroup, Duration timeout, Note note) implements WithoutUndo {}

  /**
   * Removes the cgroups of a run, one of each hierarchy, with those made below them, and ends what
   * is still in one; those that are gone count as done.
   */
  record RemoveCgroup(List<Path> cgroups, Duration timeout, Note note) implements WithoutUndo {
    public RemoveCgroup {
      cgroups = List.copyOf(cgroups);
    }
  }

  /** Waits for a process to end; one that is gone counts as done. */
  record AwaitEnd(Path pidFile, Duration timeout, Note note) implements WithoutUndo {}
}
