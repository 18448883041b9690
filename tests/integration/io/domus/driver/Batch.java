// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.driver.BatchOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts and stops all domains of a site, and tells what came of that. */
final class Batch {
  static final BatchRequest FLAGGED = request(false, 16);

  private final Site site;

  Batch(Site site) {
    this.site = site;
  }

  static BatchRequest request(boolean all, int parallel, String... groups) {
    return new BatchRequest(all, List.of(groups), OptionalInt.of(parallel));
  }

  /** Defines a guest that ends when it is asked to, and does something first. */
  void define(String name, String autostart, String script) throws Exception {
    site.define(
        DomainXml.named(name)
            .with(autostart)
            .script("trap 'exit 0' TERM; " + script + "; while :; do sleep 1000 & wait; done")
            .root(site.tree("tree-" + name)));
  }

  void define(String name, String autostart) throws Exception {
    define(name, autostart, ":");
  }

  Map<String, BatchOutcome> start(BatchRequest request) throws Exception {
    return byName(new Autostarter(site.driver()).run(request, _ -> {}));
  }

  Map<String, BatchOutcome> stop(BatchRequest request) throws Exception {
    return stop(request, Optional.empty());
  }

  Map<String, BatchOutcome> stop(BatchRequest request, Optional<Duration> limit) throws Exception {
    return byName(
        new Autostopper(site.driver()).run(request, new Autostopper.Way.Ask(limit), _ -> {}));
  }

  static Map<String, BatchOutcome> byName(List<BatchOutcome> outcomes) {
    Map<String, BatchOutcome> map = new LinkedHashMap<>();
    outcomes.forEach(outcome -> map.put(outcome.name(), outcome));
    return map;
  }

  static Map<String, Result> results(Map<String, BatchOutcome> outcomes) {
    Map<String, Result> results = new LinkedHashMap<>();
    outcomes.forEach((name, outcome) -> results.put(name, outcome.result()));
    return results;
  }

  /** The names of domains in the order in which something happened to them. */
  List<String> names(String event) throws IOException {
    return times(event).keySet().stream().toList();
  }

  /** When it happened last, in the order in which it did. */
  Map<String, Instant> times(String event) throws IOException {
    Map<String, Instant> times = new LinkedHashMap<>();
    if (!Files.exists(site.layout().events())) {
      return times;
    }
    for (String line : Files.readAllLines(site.layout().events())) {
      Map<String, Object> entry = JSON.std.mapFrom(line);
      if (event.equals(entry.get("event")) && entry.get("domain") != null) {
        times.remove((String) entry.get("domain"));
        times.put((String) entry.get("domain"), Instant.parse((String) entry.get("time")));
      }
    }
    return times;
  }

  void forgetEvents() throws IOException {
    Files.deleteIfExists(site.layout().events());
  }

  /** The command itself, as its users have it. */
  Ran command(String... words) throws Exception {
    List<String> argv = new ArrayList<>();
    argv.add(System.getProperty("domus.checkout") + "/domus");
    argv.addAll(List.of("-c", "lxc:///embed?root=" + site.root()));
    argv.addAll(List.of(words));
    Process process =
        new ProcessBuilder(argv)
            .redirectError(site.path("scratch/stderr").toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    byte[] out = process.getInputStream().readAllBytes();
    return new Ran(process.waitFor(), out, Files.readString(site.path("scratch/stderr")));
  }
}
