// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.SavePaths;
import io.domus.domain.SnapshotDef;
import io.domus.domain.SnapshotPaths;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes a snapshot of an archive that was unpacked and checked. */
public final class ImportCompiler {
  private final Order order;
  private final List<Step> steps = new ArrayList<>();

  private ImportCompiler(Order order) {
    this.order = order;
  }

  /**
   * What is imported.
   *
   * @param definition of the domain that the snapshot is to be of
   * @param running what its guest is to run from; only for what holds processes
   * @param layers the unpacked layer of each filesystem that was written to, in their order
   * @param images CRIU's, if processes are in it
   * @param options what the dump was made with
   * @param bare if the bases are in the layers: a directory with nothing in it, to lie beneath
   * @param devices whether layers may hold any device
   * @param missing what has to be made above the snapshot, the outermost first
   */
  public record Order(
      DomainDef definition,
      String running,
      SnapshotDef description,
      SnapshotPaths paths,
      List<Path> layers,
      Optional<Path> images,
      List<String> options,
      Optional<Path> bare,
      boolean devices,
      List<Path> missing) {
    public Order {
      Objects.requireNonNull(definition, "definition");
      Objects.requireNonNull(running, "running");
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(paths, "paths");
      layers = List.copyOf(layers);
      Objects.requireNonNull(images, "images");
      options = List.copyOf(options);
      Objects.requireNonNull(bare, "bare");
      missing = List.copyOf(missing);
    }
  }

  public static Plan compile(Order order) {
    return new ImportCompiler(order).compile();
  }

  private Plan compile() {
    SnapshotPaths paths = order.paths();
    for (Path missing : order.missing()) {
      steps.add(new Step.MakeDirectory(missing, 0700, Note.of("where snapshots lie")));
    }
    order
        .bare()
        .ifPresent(
            bare ->
                steps.add(new Step.MakeDirectory(bare, 0755, Note.of("the bottom of all layers"))));
    steps.add(new Step.MakeStorage(paths.directory(), Note.of("the snapshot")));
    List<Filesystem> filesystems = new ArrayList<>();
    int number = 0;
    for (Filesystem filesystem : order.definition().filesystems()) {
      boolean written =
          filesystem instanceof Filesystem.Overlay overlay && overlay.chain().upper().isPresent();
      filesystems.add(written ? unpack((Filesystem.Overlay) filesystem, number++) : filesystem);
    }
    order.images().ifPresent(this::image);
    steps.add(CloneVolumes.sync(paths.directory(), "the snapshot", Origin.NONE));
    steps.addAll(
        SnapshotCompiler.known(
            paths, order.definition().withFilesystems(filesystems), order.description()));
    steps.add(new Step.Commit(Note.of("the snapshot is complete")));
    return new Plan(
        order.definition().name(),
        Operation.IMPORT,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        steps,
        List.of());
  }

  private Filesystem unpack(Filesystem.Overlay overlay, int number) {
    Origin origin = overlay.origin();
    Path place = order.paths().directory().resolve("root" + (number == 0 ? "" : "-" + number));
    OverlayChain.Upper upper =
        new OverlayChain.Upper(place.resolve("upper"), place.resolve("work"), origin);
    steps.add(new Step.MakeDirectory(place, 0700, Note.of("what was written", origin)));
    steps.add(
        new Step.UnpackLayer(
            order.layers().get(number),
            upper.directory(),
            order.devices(),
            Note.of("what the guest had written", origin)));
    steps.add(new Step.MakeDirectory(upper.work(), 0700, Note.of("work directory", origin)));
    List<BackingStore> lowers =
        order
            .bare()
            .map(bare -> List.<BackingStore>of(new BackingStore.Directory(bare, origin)))
            .orElse(overlay.chain().lowers());
    return new Filesystem.Overlay(
        overlay.place(), new OverlayChain(Optional.of(upper), lowers, overlay.chain().options()));
  }

  private void image(Path images) {
    Path image = order.paths().image();
    steps.add(new Step.MakeDirectory(image, 0700, Note.of("image of the guest")));
    steps.add(
        new Step.MoveIntoPlace(
            images, SavePaths.images(image), false, Note.of("images of the processes")));
    steps.add(
        new Step.WriteFile(
            SavePaths.options(image),
            String.join("\n", order.options()) + "\n",
            0600,
            Note.of("what the dump was made with")));
    steps.add(
        new Step.WriteFile(
            SavePaths.definition(image),
            order.running(),
            0600,
            Note.of("what the guest is to run from")));
  }
}
