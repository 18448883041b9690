// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.CheckpointArchive;
import io.domus.archive.Compression;
import io.domus.archive.Manifest;
import io.domus.archive.PodmanNames;
import io.domus.compiler.CloneOrder;
import io.domus.compiler.ExportCompiler;
import io.domus.compiler.Trash;
import io.domus.domain.BackingStore;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.OperationFailedException;
import io.domus.domain.SavePaths;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.plan.PlanJson;
import io.domus.store.DomainLock;
import io.domus.store.LayerStore;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Puts a snapshot into one file, from which another host can go on. */
public final class ExportOperation {
  /**
   * How.
   *
   * @param version our own
   * @param withBase whether what lies beneath the upper directories goes in, too
   */
  public record Request(String version, Compression compression, boolean withBase) {
    public Request {
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(compression, "compression");
    }
  }

  private final Driver driver;

  public ExportOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param out flushed and not closed
   * @param progress is told how many bytes went in
   */
  public Manifest run(
      StoredSnapshot snapshot, Request request, OutputStream out, LongConsumer progress) {
    String domain = snapshot.domain();
    try (DomainLock _ = driver.shareLayers(cannot(snapshot));
        DomainJob _ = DomainJob.beginExisting(driver, domain, "export")) {
      Path place =
          Trash.in(snapshot.paths().directory().getParent(), new LayerIds(driver).hex(6, ""));
      DomainDef kept = new DefinitionReader(driver).snapshot(snapshot.paths());
      Manifest manifest = manifest(snapshot, kept, request);
      try {
        gather(snapshot, kept, request, place);
        return CheckpointArchive.write(
            ExportCompiler.entries(place), manifest, out, request.compression(), progress);
      } finally {
        new StorageSequence(driver).discard(place, "what was gathered");
      }
    } catch (ConfigUnsupportedException unsupported) {
      throw new ConfigUnsupportedException(
          cannot(snapshot) + ": " + unsupported.getMessage(), unsupported);
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(cannot(snapshot) + ": " + failure.getMessage(), failure);
    }
  }

  private static String cannot(StoredSnapshot snapshot) {
    return "cannot export snapshot '%s' of domain '%s'"
        .formatted(snapshot.name(), snapshot.domain());
  }

  private void gather(StoredSnapshot snapshot, DomainDef kept, Request request, Path place)
      throws IOException, StepFailedException {
    LayerStore layers = driver.layers();
    CloneOrder order =
        new CloneInquiry(driver, layers)
            .snapshot(kept, snapshot.paths().directory(), Optional.empty());
    Plan plan =
        ExportCompiler.compile(
            order,
            snapshot.memory() ? Optional.of(snapshot.paths().image()) : Optional.empty(),
            request.withBase(),
            texts(snapshot, kept),
            driver.probe().facts(driver.withLayers(kept, layers)),
            driver.layout().snapshotWork(snapshot.domain()),
            place);
    new StorageSequence(driver).run(plan, snapshot.domain(), List.of(snapshot.domain()));
  }

  private Map<String, String> texts(StoredSnapshot snapshot, DomainDef kept) throws IOException {
    PodmanNames names =
        new PodmanNames(
            snapshot.domain(),
            uuid(kept),
            kept.writtenOverlays().stream()
                .flatMap(overlay -> overlay.chain().lowers().stream())
                .map(ExportOperation::name)
                .findFirst()
                .orElse("/"),
            HostTools.facts(driver).runtime().getFileName().toString(),
            snapshot.created());
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(PodmanNames.CONFIG, names.config());
    texts.put(PodmanNames.SPEC, names.spec());
    texts.put("domain.xml", running(snapshot));
    texts.put("network.status", "{}\n");
    texts.put("plan.json", PlanJson.render(new PlanOperation(driver).start(kept)));
    return texts;
  }

  private static String running(StoredSnapshot snapshot) throws IOException {
    Path file =
        snapshot.memory()
            ? SavePaths.definition(snapshot.paths().image())
            : snapshot.paths().definition();
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static String name(BackingStore store) {
    return switch (store) {
      case BackingStore.Directory directory -> directory.path().toString();
      case BackingStore.Image image -> image.file().toString();
      case BackingStore.Block block -> block.device().toString();
      case BackingStore.Overlay _ -> "/";
    };
  }

  private UUID uuid(DomainDef domain) {
    return domain.uuid().orElseGet(UUID::randomUUID);
  }

  private Manifest manifest(StoredSnapshot snapshot, DomainDef kept, Request request)
      throws IOException {
    List<Manifest.Part> parts = new ArrayList<>();
    int number = 0;
    for (Filesystem.Overlay overlay : kept.writtenOverlays()) {
      parts.add(
          new Manifest.Part(
              overlay.target().value(),
              overlay.chain().upper().orElseThrow().directory().toString(),
              Optional.of(ExportCompiler.layer(number++)),
              request.withBase() ? List.of() : Bases.of(driver, overlay)));
    }
    Path options = SavePaths.options(snapshot.paths().image());
    return new Manifest(
        snapshot.domain(),
        uuid(kept),
        snapshot.created(),
        snapshot.memory(),
        tools(request.version()),
        parts,
        snapshot.memory() && Files.exists(options)
            ? Files.readAllLines(options).stream().filter(line -> !line.isBlank()).toList()
            : List.of());
  }

  private Map<String, String> tools(String version) throws IOException {
    Map<String, String> tools = new LinkedHashMap<>();
    new HostVersions(driver)
        .all(version)
        .forEach(
            (name, number) -> {
              if (!name.equals("java") && !name.equals("conmon")) {
                tools.put(name, number);
              }
            });
    tools.put("architecture", System.getProperty("os.arch"));
    return tools;
  }
}
