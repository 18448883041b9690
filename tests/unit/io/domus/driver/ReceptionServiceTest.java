// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.archive.Manifest;
import io.domus.domain.UpperLayers;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said between two hosts. */
class ReceptionServiceTest {
  @TempDir Path root;

  private List<String> answers(String questions) throws IOException {
    Driver driver =
        new Driver(
            new StateLayout(root),
            new LinuxSyscalls(),
            new ProcessCommandRunner(root),
            root,
            StepObserver.NONE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ReceptionService(driver, out).run(new BufferedReader(new StringReader(questions)));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void itGreetsFirst() throws IOException {
    List<String> said = answers("");
    assertEquals(1, said.size());
    assertEquals(Optional.of(ReceptionService.VERSION), ReceptionService.greeting(said.getFirst()));
    assertEquals(Optional.empty(), ReceptionService.greeting("Welcome to Debian"));
    assertEquals(Optional.empty(), ReceptionService.greeting("{\"domus-migrate\":tomorrow}"));
    assertFalse(Files.exists(new StateLayout(root).migrations()));
  }

  /** Each line has its answer, whatever it is. */
  @Test
  void whatIsNotUnderstoodIsAnswered() throws IOException {
    List<String> said = answers("{\"do\":\"dance\"}\nno json\n{}\n{\"do\":\"run\"}\n");
    assertEquals(5, said.size());
    assertTrue(said.get(1).contains("'dance' is not understood"), said.get(1));
    for (String answer : said.subList(1, 5)) {
      assertTrue(answer.startsWith("{\"error\":"), answer);
    }
  }

  @Test
  void aMoveThatNeverWasHasNotArrived() throws IOException {
    List<String> said =
        answers("{\"do\":\"arrived\",\"domain\":\"web\",\"id\":\"0123456789ab\"}\n");
    assertEquals("{\"arrived\":false}", said.get(1));
  }

  @Test
  void offersAreReadAsTheyWereWritten() throws IOException {
    Offer offer =
        new Offer(
            "0123456789ab",
            "web",
            "near:/",
            "amd64",
            "<domain>\n\"é\"</domain>",
            "<domain/>",
            List.of(new Manifest.Base("/srv/a b", "tree:" + "0".repeat(64))),
            List.of(
                new Offer.Tree(2, new UpperLayers.Marks(true, false, true)),
                new Offer.Tree(0, UpperLayers.Marks.NONE)));
    assertEquals(offer, Offer.parse(offer.json()));
    assertEquals(1, offer.json().lines().count());
  }
}
