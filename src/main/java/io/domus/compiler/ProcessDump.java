// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.CriuOptions;
import io.domus.domain.DomainPaths;
import io.domus.domain.Origin;
import io.domus.domain.SavePaths;
import io.domus.domain.SavedGuest;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Criu;
import io.domus.tool.Crun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Puts the processes of a guest into an image: a directory with CRIU's files, what the dump was
 * made with, and what the guest runs from.
 *
 * @param guest the domain's whose processes these are
 * @param cgroup that they are in
 * @param image is not there yet
 * @param leaveRunning whether the guest goes on afterwards
 * @param paused whether somebody has suspended it
 * @param nameFiles the guest's files about names that are mounted
 */
public record ProcessDump(
    ToolFacts tools,
    DomainPaths guest,
    String cgroup,
    Path image,
    CriuOptions options,
    boolean leaveRunning,
    boolean paused,
    List<String> nameFiles) {
  /**
   * Files that were deleted while they are open go into the image; CRIU takes none above 1 MiB if
   * it is not told.
   */
  private static final long GHOST_BYTES = 1L << 30;

  public ProcessDump {
    Objects.requireNonNull(tools, "tools");
    Objects.requireNonNull(guest, "guest");
    Objects.requireNonNull(cgroup, "cgroup");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(options, "options");
    nameFiles = List.copyOf(nameFiles);
  }

  private SavePaths paths() {
    return SavePaths.of(guest);
  }

  /** What can be done while the guest runs. */
  List<Step> prepare() {
    SavePaths paths = paths();
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.MakeDirectory(image.getParent(), 0700, Note.of("what is kept of the domain")));
    steps.add(new Step.MakeDirectory(paths.work(), 0700, Note.of("log of the dump")));
    steps.add(new Step.RemoveFile(paths.log(), Note.of("log of the dump before")));
    steps.add(new Step.MakeStorage(image, Note.of("image of the guest")));
    steps.add(
        new Step.MakeDirectory(SavePaths.images(image), 0700, Note.of("images of the processes")));
    List<String> lines = new ArrayList<>(options.lines());
    lines.add(SavedGuest.CGROUP + cgroup);
    lines.add((SavedGuest.NAME_FILES + " " + String.join(" ", nameFiles)).strip());
    if (paused) {
      lines.add(SavedGuest.PAUSED);
    }
    steps.add(
        new Step.WriteFile(
            SavePaths.options(image),
            String.join("\n", lines) + "\n",
            0600,
            Note.of("what the dump is made with")));
    List<String> own = new ArrayList<>(configuration(options));
    own.add("ghost-limit " + GHOST_BYTES);
    if (!leaveRunning) {
      // A name for a file that was deleted while it has others: CRIU takes it back from a guest
      // that goes on, before its files are copied.
      own.add("link-remap");
    }
    steps.add(
        new Step.WriteFile(
            SavePaths.configuration(image),
            String.join("\n", own) + "\n",
            0600,
            Note.of("options that the runtime has no words for")));
    for (int round = 1; round <= options.preDumps(); round++) {
      steps.addAll(preDump(round));
    }
    return steps;
  }

  /** Each holds what has changed since that before; the guest goes on meanwhile. */
  private List<Step> preDump(int round) {
    Path images = SavePaths.images(image).resolve(round(round));
    List<String> words = new ArrayList<>(words(runtime(), options));
    words.add("--pre-dump");
    words.addAll(after("../", round - 1));
    return List.of(
        new Step.MakeDirectory(images, 0700, Note.of("memory of the guest, round " + round)),
        new Step.RunCommand(
            told(runtime().checkpoint(guest.containerId(), images, paths().work(), words)),
            false,
            Undo.NOTHING,
            Note.of("copy the memory that has changed while the guest runs, round " + round)));
  }

  private static String round(int number) {
    return "memory-" + number;
  }

  /**
   * @param way from the directory that follows to that of the images
   */
  private static List<String> after(String way, int round) {
    return round == 0 ? List.of() : List.of("--parent-path", way + round(round));
  }

  private Crun runtime() {
    return new Crun(tools.runtime(), guest.crunRoot());
  }

  private Command told(Command command) {
    return Criu.configured(Criu.withoutBreakpoints(command), SavePaths.configuration(image));
  }

  Step definition(String text) {
    return new Step.WriteFile(
        SavePaths.definition(image), text, 0600, Note.of("what the guest runs from"));
  }

  /** For a guest that is to be another one. */
  Step hostname(String name) {
    return new Step.WriteFile(
        SavePaths.hostname(image), name + "\n", 0600, Note.of("what the guest is to be called"));
  }

  Step run() {
    SavePaths paths = paths();
    List<String> words = new ArrayList<>(words(runtime(), options));
    if (leaveRunning) {
      words.add("--leave-running");
    }
    words.addAll(after("", options.preDumps()));
    return new Step.RunCommand(
        told(
            runtime()
                .checkpoint(guest.containerId(), SavePaths.images(image), paths.work(), words)),
        false,
        Undo.NOTHING,
        Note.of(
            leaveRunning
                ? "dump the guest's processes"
                : "dump the guest's processes, which ends them"));
  }

  Step sync() {
    return CloneVolumes.sync(image, "the image", Origin.NONE);
  }

  /** Words of the runtime's checkpoint and restore alike. */
  static List<String> words(Crun runtime, CriuOptions options) {
    List<String> words = new ArrayList<>();
    words.add(runtime.cgroups(options.manageCgroups()));
    if (options.tcpEstablished()) {
      words.add("--tcp-established");
    }
    if (options.fileLocks()) {
      words.add("--file-locks");
    }
    if (options.extUnixSk()) {
      words.add("--ext-unix-sk");
    }
    if (options.shellJob()) {
      words.add("--shell-job");
    }
    return words;
  }

  /** What CRIU is told by a file, in either direction. */
  static List<String> configuration(CriuOptions options) {
    List<String> lines = new ArrayList<>();
    if (options.tcpClose()) {
      lines.add("tcp-close");
    }
    options.networkLock().ifPresent(method -> lines.add("network-lock " + method));
    options.actionScript().ifPresent(script -> lines.add("action-script " + script));
    options.lsmProfile().ifPresent(profile -> lines.add("lsm-profile " + profile));
    options.lsmMountContext().ifPresent(context -> lines.add("lsm-mount-context " + context));
    return lines;
  }
}
