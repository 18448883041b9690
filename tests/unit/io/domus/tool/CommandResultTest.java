// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandResultTest {
  /** {@code ;} ends a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | exit status 3 | exit status 3",
        "'' | ' ; ;' | exit status 3 | exit status 3",
        "looking;no disk out;; | '' | exit status 3 | no disk out",
        "looking;no disk out | ' ;' | exit status 3 | no disk out",
        "looking | a;no disk;; | no disk | no disk",
        "'' | no such link;Command failed -:1 | no such link (Command failed -:1) | no such link"
            + " (Command failed -:1)",
      })
  void whyAProgramFailed(String stdout, String stderr, String complaint, String lastWords) {
    CommandResult result =
        new CommandResult(3, stdout.replace(';', '\n'), stderr.replace(';', '\n'));
    assertEquals(complaint, result.complaint());
    assertEquals(lastWords, result.lastWords());
  }
}
