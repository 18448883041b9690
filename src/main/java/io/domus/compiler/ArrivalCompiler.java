// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.SavePaths;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.xml.DomainWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a domain of what has come from another root of state: it is off then, and its guest saved.
 * Nothing is copied: all of it lies on the store's filesystem already.
 */
public final class ArrivalCompiler {
  private final Order order;
  private final List<Step> steps = new ArrayList<>();

  private ArrivalCompiler(Order order) {
    this.order = order;
  }

  /**
   * A layer that was sealed beneath an upper directory.
   *
   * @param layer as it is to be called here
   * @param description the file that describes it
   * @param text of that file
   */
  public record Layer(SealedLayer layer, Path description, String text) {
    public Layer {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * What was written to one filesystem.
   *
   * @param upper where it will lie here
   * @param layers the topmost first
   * @param record the file that says what lies beneath the upper directory
   */
  public record Tree(
      OverlayChain.Upper upper, List<Layer> layers, UpperLayers.Marks marks, Path record) {
    public Tree {
      Objects.requireNonNull(upper, "upper");
      layers = List.copyOf(layers);
      Objects.requireNonNull(marks, "marks");
      Objects.requireNonNull(record, "record");
    }
  }

  /**
   * What has come.
   *
   * @param stored the definition that the next ordinary start is to use
   * @param running what the guest runs from; both name the source's upper directories
   * @param incoming where all of it lies
   * @param storage where what the domain writes is to lie; not there yet
   * @param missing what has to be made above that, the outermost first
   * @param trees one for each filesystem that is written to, in the definition's order
   */
  public record Order(
      DomainDef stored,
      DomainDef running,
      Path incoming,
      Path storage,
      List<Path> missing,
      List<Tree> trees) {
    public Order {
      Objects.requireNonNull(stored, "stored");
      Objects.requireNonNull(running, "running");
      Objects.requireNonNull(incoming, "incoming");
      Objects.requireNonNull(storage, "storage");
      missing = List.copyOf(missing);
      trees = List.copyOf(trees);
      if (trees.size() != running.writtenOverlays().size()) {
        throw new IllegalArgumentException(
            "another number of upper directories than is written to");
      }
    }
  }

  /** Where the upper directory of a filesystem comes in, by its number. */
  public static Path upper(int tree) {
    return Path.of(Integer.toString(tree), "upper");
  }

  /** Where a layer beneath it comes in, by its number from the top. */
  public static Path layer(int tree, int layer) {
    return Path.of(Integer.toString(tree), "layer-" + layer);
  }

  /** Where the image of the guest comes in. */
  public static Path image() {
    return Path.of("save");
  }

  /** What a domain writes to one of its filesystems, in its storage. */
  public static OverlayChain.Upper place(Path storage, int tree) {
    Path place = storage.resolve("root" + (tree == 0 ? "" : "-" + tree));
    return new OverlayChain.Upper(place.resolve("upper"), place.resolve("work"), Origin.NONE);
  }

  public static Plan compile(Order order, DomainPaths paths) {
    return new ArrivalCompiler(order).compile(paths);
  }

  private Plan compile(DomainPaths paths) {
    for (Path missing : order.missing()) {
      steps.add(new Step.MakeDirectory(missing, 0755, Note.of("where such storage lies")));
    }
    steps.add(new Step.MakeStorage(order.storage(), Note.of("storage of the domain")));
    for (int number = 0; number < order.trees().size(); number++) {
      tree(number, order.trees().get(number));
    }
    image(paths);
    steps.add(CloneVolumes.sync(order.storage(), "what has come", Origin.NONE));
    Path file = paths.definition();
    Path prepared = file.resolveSibling("." + file.getFileName() + ".coming");
    Note note = Note.of("definition of the domain");
    steps.add(new Step.MakeDirectory(file.getParent(), 0755, Note.of("definitions of domains")));
    steps.add(new Step.WriteFile(prepared, DomainWriter.write(placed(order.stored())), 0644, note));
    steps.add(new Step.MoveIntoPlace(prepared, file, false, Note.of("now there is such a domain")));
    steps.add(new Step.Commit(Note.of("all of it is here")));
    return new Plan(
        order.running().name(),
        Operation.ARRIVE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        steps,
        List.of());
  }

  private void tree(int number, Tree tree) {
    OverlayChain.Upper upper = tree.upper();
    Path from = order.incoming();
    steps.add(
        new Step.MakeDirectory(
            upper.directory().getParent(), 0700, Note.of("what the domain writes")));
    steps.add(
        new Step.MoveIntoPlace(
            from.resolve(upper(number)), upper.directory(), false, Note.of("what it has written")));
    steps.add(new Step.MakeDirectory(upper.work(), 0700, Note.of("work directory")));
    List<SealedLayer> layers = new ArrayList<>();
    for (Layer each : tree.layers()) {
      SealedLayer layer = each.layer();
      steps.add(
          new Step.MakeDirectory(layer.path().getParent(), 0700, Note.of("a layer beneath it")));
      steps.add(
          new Step.MoveIntoPlace(
              from.resolve(layer(number, layers.size())),
              layer.path(),
              false,
              Note.of("content of the layer")));
      steps.add(
          new Step.WriteFile(
              each.description(), each.text(), 0600, Note.of("description of the layer")));
      layers.add(layer);
    }
    if (!layers.isEmpty()) {
      steps.add(
          new Step.RecordLayers(
              upper.directory(),
              new UpperLayers(layers, tree.marks()),
              tree.record(),
              Optional.empty(),
              Note.of("what lies beneath it")));
    }
  }

  private void image(DomainPaths paths) {
    Path image = order.incoming().resolve(image());
    Path saved = SavePaths.of(paths).saved();
    steps.add(
        new Step.RemoveFile(
            SavePaths.configuration(image), Note.of("what CRIU was told at the dump")));
    steps.add(
        new Step.WriteFile(
            SavePaths.definition(image),
            DomainWriter.write(placed(order.running())),
            0600,
            Note.of("what the guest runs from now")));
    steps.add(
        new Step.MakeDirectory(paths.variable(), 0700, Note.of("what is kept of the domain")));
    steps.add(
        new Step.MoveIntoPlace(image, saved, false, Note.of("the next start goes on from it")));
  }

  /** The same with the upper directories that are here. */
  private DomainDef placed(DomainDef domain) {
    Map<Filesystem, OverlayChain.Upper> uppers = new HashMap<>();
    List<Filesystem.Overlay> written = domain.writtenOverlays();
    for (int number = 0; number < written.size(); number++) {
      uppers.put(written.get(number), order.trees().get(number).upper());
    }
    return domain.withFilesystems(
        domain.filesystems().stream().map(each -> placed(each, uppers)).toList());
  }

  private static Filesystem placed(
      Filesystem filesystem, Map<Filesystem, OverlayChain.Upper> uppers) {
    if (!(filesystem instanceof Filesystem.Overlay overlay) || !uppers.containsKey(filesystem)) {
      return filesystem;
    }
    OverlayChain chain = overlay.chain();
    return new Filesystem.Overlay(
        overlay.place(),
        new OverlayChain(Optional.of(uppers.get(filesystem)), chain.lowers(), chain.options()));
  }
}
