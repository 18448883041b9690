// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.HostDevice;
import io.domus.domain.MountOptions;
import io.domus.oci.OciMount;
import io.domus.oci.RuntimeSpec;
import io.domus.oci.RuntimeSpecJson;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.PlanShell;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Warning;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A domain as an OCI bundle that runs without Domus: its configuration, and a script that prepares
 * what the runtime cannot mount itself.
 */
public final class BundleCompiler {
  /** The runtime makes what it is handed the property of the guest's root. */
  private static final String SPARE_NULL =
      """

      # The guest's root becomes the owner of its input, which must not be the machine's device.
      if [ /proc/self/fd/0 -ef /dev/null ]; then
        exec 3<<END
      END
      fi
      """
          .stripTrailing();

  private BundleCompiler() {}

  /**
   * @param config the content of {@code config.json}
   * @param script runs the bundle, with all that has to be mounted before
   * @param alone whether the runtime needs no script
   */
  public record Bundle(String config, String script, boolean alone, List<Warning> warnings) {
    public Bundle {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param paths of which {@code run} is the directory of the bundle
   */
  public static Bundle compile(DomainDef domain, HostFacts facts, DomainPaths paths) {
    Draft draft = new Draft(facts, paths);
    if (domain.idmap().automatic()) {
      draft.warn("the ids are the domain's: two bundles of it share them", domain.idmap().origin());
    }
    domain
        .interfaces()
        .forEach(
            each -> draft.warn("a bundle has no interfaces, the guest has lo only", each.origin()));
    for (HostDevice device : domain.hostDevices()) {
      if (device.node().isEmpty()) {
        draft.warn("a bundle has no network devices, the guest has lo only", device.origin());
      }
    }
    List<OciMount> mounts = StartCompiler.mounts(domain, draft);
    RuntimeSpec spec = ConfigCompiler.compile(domain, draft, mounts).withoutTerminal();
    Optional<Path> tree = plainRoot(domain);
    List<Step> prepared = draft.steps();
    if (tree.isPresent()) {
      spec = spec.withRoot(new RuntimeSpec.Root(tree.get(), spec.root().readonly()));
      prepared = prepared.stream().filter(step -> !isOfRoot(step, paths.rootfs())).toList();
    }
    List<Step> steps = new ArrayList<>();
    if (facts.hybridCgroups()) {
      steps.add(StartCompiler.hideUnified());
    }
    if (!prepared.isEmpty()) {
      steps.add(new Step.MakeDirectory(paths.devices(), 0700, Note.of("links to devices")));
      steps.add(new Step.MakeDirectory(paths.staging(), 0711, Note.of("staging of mounts")));
      steps.add(StartCompiler.staging(paths, "mount points"));
    }
    steps.addAll(prepared);
    return new Bundle(
        RuntimeSpecJson.write(spec),
        script(domain.name(), facts.idmap(domain).present(), facts, paths, steps),
        steps.isEmpty(),
        draft.warnings());
  }

  /** A directory that the runtime can take as it is. */
  private static Optional<Path> plainRoot(DomainDef domain) {
    return domain.root() instanceof Filesystem.Mount mount
            && !domain.idmap().automatic()
            && mount.place().options().equals(MountOptions.NONE)
        ? Optional.of(mount.source())
        : Optional.empty();
  }

  private static boolean isOfRoot(Step step, Path rootfs) {
    boolean directory = step instanceof Step.MakeDirectory make && make.directory().equals(rootfs);
    return directory
        || (step instanceof Step.MountFilesystem mount && mount.target().equals(rootfs));
  }

  private static String script(
      String name, boolean mapped, HostFacts facts, DomainPaths paths, List<Step> steps) {
    Plan plan =
        new Plan(
            name, Operation.START, new Strategy(Strategy.Kind.FLAT, List.of()), steps, List.of());
    Command run =
        Command.of(
            List.of(
                facts.tools().runtime().toString(),
                "--cgroup-manager=cgroupfs",
                "run",
                "--bundle",
                paths.run().toString()));
    return """
    #!/bin/sh
    # Runs the bundle of domain %s. What it mounts is in a namespace of its own.
    # The first argument is the container's name, %s if there is none.
    set -eu
    if [ -z "${DOMUS_BUNDLE-}" ]; then
      DOMUS_BUNDLE=1 exec unshare --mount --propagation slave -- "$0" "$@"
    fi
    unset DOMUS_BUNDLE
    clear_up() {
      :
      %s
    }
    # If a step fails, what can be taken back of it and those before it is.
    trap 'set +e; clear_up 2>/dev/null' EXIT
    %s
    # In the background, so that a signal for this script reaches the guest at once.
    exec 3<&0%s
    %s "${1-%s}" <&3 3<&- &
    guest=$!
    trap 'kill -TERM "$guest"' INT TERM
    status=0
    wait "$guest" || status=$?
    while kill -0 "$guest" 2>/dev/null; do
      status=0
      wait "$guest" || status=$?
    done
    trap - EXIT
    clear_up
    exit "$status"
    """
        .formatted(
            name,
            name,
            PlanShell.commands(StopCompiler.undos(plan)),
            PlanShell.commands(steps),
            mapped ? SPARE_NULL : "",
            run,
            name);
  }
}
