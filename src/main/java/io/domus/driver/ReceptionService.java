// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.store.MigrationStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The far end of a {@link RemoteReception}: a question a line, and an answer a line, each an object
 * of JSON. The first line is the greeting. What was begun and has not run is given up at the end of
 * the questions.
 */
public final class ReceptionService {
  /** Of what is asked and answered: both ends must have the same. */
  static final int VERSION = 1;

  private static final String GREETING = "domus-migrate";

  private final Driver driver;
  private final OutputStream out;

  /**
   * @param out gets answers and nothing else
   */
  public ReceptionService(Driver driver, OutputStream out) {
    this.driver = driver;
    this.out = out;
  }

  /** The version in a greeting; empty if the line is none. */
  static Optional<Integer> greeting(String line) {
    if (!line.startsWith("{\"" + GREETING + "\"")) {
      return Optional.empty();
    }
    try {
      return JSON.std.mapFrom(line).get(GREETING) instanceof Integer version
          ? Optional.of(version)
          : Optional.empty();
    } catch (IOException noise) {
      return Optional.empty();
    }
  }

  public void run(BufferedReader questions) throws IOException {
    try (Reception reception = new Reception(driver)) {
      say(Map.of(GREETING, VERSION));
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        say(answer(reception, line));
      }
    }
  }

  private void say(Map<String, Object> answer) throws IOException {
    out.write((JSON.std.asString(answer) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Map<String, Object> answer(Reception reception, String line) {
    try {
      return answer(reception, JSON.std.mapFrom(line));
    } catch (DomainException | IOException | ClassCastException | NullPointerException failure) {
      return Map.of("error", String.valueOf(failure.getMessage()));
    }
  }

  private Map<String, Object> answer(Reception reception, Map<String, Object> question)
      throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    switch ((String) question.get("do")) {
      case "examine" -> {
        Receiver.Welcome welcome = reception.examine(offer(question));
        answer.put("missing", welcome.missing().stream().map(Offer::json).toList());
        answer.put("plan", welcome.plan());
      }
      case "prepare" -> answer.put("path", reception.prepare(offer(question)).toString());
      case "room" ->
          answer.put("path", reception.room(Offer.base(question.get("base"))).toString());
      case "place" -> reception.place(Offer.base(question.get("base")));
      case "flush" -> reception.flush();
      case "compare" ->
          answer.put(
              "differing",
              reception.differing(sent(question)).stream().map(Path::toString).toList());
      case "arrive" -> reception.arrive();
      case "run" -> reception.run(options(question));
      case "done" -> reception.done();
      case "arrived" ->
          answer.put(
              "arrived",
              Reception.arrived(
                  driver, (String) question.get("domain"), (String) question.get("id")));
      case "forget" ->
          new MigrationStore(driver.layout()).forgetArrived((String) question.get("id"));
      default -> throw new IOException("'" + question.get("do") + "' is not understood");
    }
    return answer;
  }

  private static Offer offer(Map<String, Object> question) throws IOException {
    return Offer.parse((String) question.get("offer"));
  }

  private static Map<Path, String> sent(Map<String, Object> question) {
    Map<Path, String> sent = new LinkedHashMap<>();
    ((Map<?, ?>) question.get("sent"))
        .forEach((path, fingerprint) -> sent.put(Path.of((String) path), (String) fingerprint));
    return sent;
  }

  private static CriuOptions options(Map<String, Object> question) {
    return CriuOptions.parse(
        ((List<?>) question.get("options")).stream().map(line -> (String) line).toList());
  }
}
