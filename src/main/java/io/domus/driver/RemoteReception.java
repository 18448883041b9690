// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.archive.Manifest;
import io.domus.domain.CriuOptions;
import io.domus.domain.OperationFailedException;
import io.domus.tool.CommandResult;
import io.domus.tool.Dialogue;
import io.domus.tool.Ssh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link Reception} on another host, reached by ssh: {@link ReceptionService} is at the other
 * end. When the talk ends, for whatever reason, the other end gives up what it has not run.
 */
final class RemoteReception implements Receiver {
  /** Lines that a shell over there may print before Domus does. */
  private static final int NOISE = 50;

  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  /** How a command line is refused that is not understood. */
  private static final int USAGE = 2;

  private final MigrationUri uri;
  private final Ssh far;
  private final Dialogue talk;
  private boolean patient;

  private RemoteReception(MigrationUri uri, Ssh far, Dialogue talk) {
    this.uri = uri;
    this.far = far;
    this.talk = talk;
  }

  static RemoteReception open(MigrationUri uri) throws IOException {
    Ssh far = uri.far().orElseThrow().sharing(SharedConnections.socket());
    Dialogue talk = Dialogue.start(far.run(uri.receiver()));
    RemoteReception reception = new RemoteReception(uri, far, talk);
    try {
      reception.greet();
      return reception;
    } catch (IOException | RuntimeException failure) {
      talk.close();
      throw failure;
    }
  }

  private String name() {
    return uri.far().map(Ssh::name).orElseThrow();
  }

  private void greet() throws IOException {
    for (int line = 0; line < NOISE; line++) {
      Optional<String> said = hear();
      if (said.isEmpty()) {
        throw absent();
      }
      Optional<Integer> version = ReceptionService.greeting(said.get());
      if (version.isPresent()) {
        checkVersion(version.get());
        return;
      }
    }
    throw new OperationFailedException(
        "'" + uri.command() + "' at " + name() + " does not answer as domus does");
  }

  private void checkVersion(int version) {
    if (version != ReceptionService.VERSION) {
      throw new OperationFailedException(
          "domus at %s is too %s: it speaks version %d of the protocol, and this one %d"
              .formatted(
                  name(),
                  version < ReceptionService.VERSION ? "old" : "new",
                  version,
                  ReceptionService.VERSION));
    }
  }

  /** Why nobody answered at all. */
  private OperationFailedException absent() throws IOException {
    CommandResult result;
    try {
      result = talk.result();
    } catch (InterruptedException wanted) {
      throw interrupted(wanted);
    }
    return new OperationFailedException(
        switch (result.exit()) {
          case Ssh.UNREACHED -> "cannot reach " + name() + ": " + result.complaint();
          case NOT_FOUND, NOT_EXECUTABLE ->
              "there is no '%s' at %s: %s; command= in the URI says where it is"
                  .formatted(uri.command(), name(), result.complaint());
          case USAGE ->
              "domus at " + name() + " is too old: it cannot receive guests: " + result.complaint();
          case 0 -> "'" + uri.command() + "' at " + name() + " does not answer as domus does";
          default -> name() + ": " + result.complaint();
        });
  }

  private Optional<String> hear() throws IOException {
    boolean later = false;
    try {
      while (true) {
        try {
          return talk.hear();
        } catch (InterruptedException wanted) {
          if (!patient) {
            throw interrupted(wanted);
          }
          later = true;
        }
      }
    } finally {
      if (later) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException interrupted(InterruptedException wanted) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", wanted);
  }

  /** To the answer, whoever wants us to end: without it nobody knows where the guest is. */
  private Map<String, Object> patiently(String what, Map<String, Object> more) throws IOException {
    patient = true;
    try {
      return ask(what, more);
    } finally {
      patient = false;
    }
  }

  private Map<String, Object> ask(String what, Map<String, Object> more) throws IOException {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("do", what);
    question.putAll(more);
    talk.tell(JSON.std.asString(question));
    Optional<String> said = hear();
    if (said.isEmpty()) {
      throw new IOException("the connection to " + name() + " is lost: " + complaint());
    }
    Map<String, Object> answer = JSON.std.mapFrom(said.get());
    if (answer.get("error") != null) {
      throw new OperationFailedException(name() + ": " + answer.get("error"));
    }
    return answer;
  }

  private String complaint() throws IOException {
    try {
      return talk.result().complaint();
    } catch (InterruptedException wanted) {
      throw interrupted(wanted);
    }
  }

  @Override
  public Welcome examine(Offer offer) throws IOException {
    Map<String, Object> answer = ask("examine", Map.of("offer", offer.json()));
    return new Welcome(
        ((List<?>) answer.get("missing")).stream().map(Offer::base).toList(),
        (String) answer.get("plan"));
  }

  @Override
  public Path prepare(Offer offer) throws IOException {
    return Path.of((String) ask("prepare", Map.of("offer", offer.json())).get("path"));
  }

  @Override
  public Path room(Manifest.Base base) throws IOException {
    return Path.of((String) ask("room", Map.of("base", Offer.json(base))).get("path"));
  }

  @Override
  public void place(Manifest.Base base) throws IOException {
    ask("place", Map.of("base", Offer.json(base)));
  }

  @Override
  public Optional<Ssh> host() {
    return Optional.of(far);
  }

  @Override
  public void flush() throws IOException {
    ask("flush", Map.of());
  }

  @Override
  public List<Path> differing(Map<Path, String> fingerprints) throws IOException {
    Map<String, Object> sent = new LinkedHashMap<>();
    fingerprints.forEach((path, fingerprint) -> sent.put(path.toString(), fingerprint));
    List<?> paths = (List<?>) ask("compare", Map.of("sent", sent)).get("differing");
    return paths.stream().map(path -> Path.of((String) path)).toList();
  }

  @Override
  public void arrive() throws IOException {
    ask("arrive", Map.of());
  }

  @Override
  public void run(CriuOptions more) throws IOException {
    patiently("run", Map.of("options", more.lines()));
  }

  @Override
  public void done() throws IOException {
    ask("done", Map.of());
  }

  boolean arrived(String domain, String id) throws IOException {
    return Boolean.TRUE.equals(
        patiently("arrived", Map.of("domain", domain, "id", id)).get("arrived"));
  }

  void forgetArrived(String id) throws IOException {
    ask("forget", Map.of("id", id));
  }

  @Override
  public void close() {
    talk.close();
  }
}
