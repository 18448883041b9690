// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneCompiler;
import io.domus.compiler.CloneOrder.ImageFilesystem;
import io.domus.compiler.CloneOrder.Mode;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestIdentity;
import io.domus.domain.OverlayChain;
import io.domus.domain.StorageKind;
import io.domus.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes clones in a site, and knows where they are. */
record Clones(Site site) {
  static final Set<GuestIdentity.Part> ALL = Set.of(GuestIdentity.Part.values());

  CloneCompiler.Result make(String from, String to) {
    return make(from, to, CloneOperation.Request.DEFAULT);
  }

  CloneCompiler.Result make(String from, String to, CloneOperation.Request request) {
    return new CloneOperation(site.driver()).run(from, to, request);
  }

  static CloneOperation.Request full() {
    return request(Mode.FULL, Optional.empty(), Optional.empty(), ALL);
  }

  static CloneOperation.Request linked() {
    return CloneOperation.Request.DEFAULT.linked();
  }

  static CloneOperation.Request below(Path storage) {
    return request(Mode.DEFAULT, Optional.empty(), Optional.of(storage), ALL);
  }

  static CloneOperation.Request changing(Set<GuestIdentity.Part> parts) {
    return request(Mode.DEFAULT, Optional.empty(), Optional.empty(), parts);
  }

  static CloneOperation.Request request(
      Mode mode,
      Optional<StorageKind> kind,
      Optional<Path> storage,
      Set<GuestIdentity.Part> parts) {
    return new CloneOperation.Request(
        mode, kind, Optional.empty(), ImageFilesystem.EXT4, storage, parts, false, false);
  }

  /** A domain over a base tree, with a writable layer; the directories are named after it. */
  DomainXml overlay(String name, String... options) throws IOException {
    Path base = site.path("base");
    if (!Files.exists(base)) {
      site.tree("base");
    }
    return DomainXml.named(name)
        .device(
            Filesystems.overlay(
                site.empty(name + "/upper"),
                site.empty(name + "/work"),
                "/",
                String.join("", options),
                Filesystems.directory(base)));
  }

  /** The overlay of a domain's root, as its file declares it. */
  OverlayChain chain(String name) {
    return ((Filesystem.Overlay) root(name)).chain();
  }

  Path upper(String name) {
    return chain(name).upper().orElseThrow().directory();
  }

  boolean isDirectory(String name) {
    return root(name) instanceof Filesystem.Mount;
  }

  Path directory(String name) {
    return ((Filesystem.Mount) root(name)).source();
  }

  private Filesystem root(String name) {
    return new DefinitionReader(site.driver())
        .stored(name).domain().filesystems().stream()
            .filter(filesystem -> filesystem.target().isRoot())
            .findFirst()
            .orElseThrow();
  }

  /** With all that it has written, if it is there. */
  void remove(String name) {
    if (site.driver().definitions().exists(name)) {
      new UndefineOperation(site.driver()).runWithStorage(name);
    }
  }

  /** All but what is meant to grow or to stay, and what does not outlive the boot. */
  TreeView state() throws IOException {
    TreeView all = TreeView.of(site.directory());
    all.entries()
        .keySet()
        .removeIf(
            path ->
                path.matches("root/run/domus/(events|locks.*|exits.*|scratch|crun.*)")
                    || path.matches("root/run/domus/domains(/a.*)?")
                    || path.matches(
                        "root/var/lib/domus/(ephemeral|layers|operations|storage|uppers)")
                    || path.startsWith("root/var/log")
                    || path.startsWith("scratch")
                    || path.matches("root/run/domus/.?uses.json.*")
                    || path.equals("launches"));
    // What is put back is written anew.
    all.entries()
        .replaceAll(
            (path, entry) ->
                path.startsWith("root/var/lib/domus/uppers/")
                    ? new TreeView.Entry(
                        entry.kind(), entry.text().replaceAll(" \\d{4}-\\S+Z ", " "))
                    : entry);
    return all;
  }

  /** All layers that the store describes. */
  List<StoredLayer> layers() throws IOException {
    return site.driver().layers().layers();
  }

  /** The sealed layers beneath a domain's upper directory, the topmost first. */
  List<Path> beneath(String name) throws IOException {
    return site.driver().layers().beneath(upper(name)).layers().stream()
        .map(layer -> layer.path())
        .toList();
  }
}
