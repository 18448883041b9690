// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ReadFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorPrinterTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private void assertPrinted(String expected, Throwable failure) {
    printed.reset();
    new ErrorPrinter(err, Map.of()).print(failure);
    assertEquals(expected, printed.toString(StandardCharsets.UTF_8));
  }

  @Test
  void oneLineEach() {
    assertPrinted("error: no domain 'web'\n", new NoSuchDomainException("web"));
    assertPrinted("error: bad luck\n", new IOException("Bad luck"));
    assertPrinted("error: EPERM at work\n", new IOException("EPERM at work"));
    assertPrinted("error: cannot access /x: no such file\n", new NoSuchFileException("/x"));
    assertPrinted(
        "error: internal error: java.lang.IllegalStateException: oh\n",
        new IllegalStateException("oh"));
  }

  @Test
  void faultsKeepTheirForm() {
    String faults = "web.xml:1:2: error: no [x]\n<a/>\n^\n";
    assertPrinted(faults, new InvalidDefinitionException(faults));
    assertPrinted(
        "error: web.xml: the file defines domain 'x'\n",
        new InvalidDefinitionException("web.xml: the file defines domain 'x'"));
  }

  @Test
  void aPathAloneIsNoReason() {
    IOException denied = new AccessDeniedException("/etc/x");
    assertPrinted(
        "error: cannot define: /etc/x: permission denied\n",
        new OperationFailedException("cannot define: " + denied.getMessage(), denied));
    IOException told = new FileSystemException("/etc/x", null, "Read-only file system");
    assertPrinted(
        "error: cannot define: /etc/x: Read-only file system\n",
        new OperationFailedException("cannot define: " + told.getMessage(), told));
  }

  @Test
  void whatUndoingBroughtComesAfterTheCause() {
    OperationFailedException failure = new OperationFailedException("cannot start domain 'web'");
    failure.addSuppressed(new IOException("umount /x: EBUSY"));
    assertPrinted(
        "error: cannot start domain 'web'\nerror: while undoing: umount /x: EBUSY\n", failure);
  }

  @Test
  void statusAndStackTrace() {
    ErrorPrinter quiet = new ErrorPrinter(err, Map.of("DOMUS_DEBUG", "0"));
    assertEquals(Action.FAILED, quiet.print(new OperationFailedException("no")));
    assertEquals(Action.UNREADABLE, quiet.print(new ReadFailedException("no")));
    assertEquals("error: no\nerror: no\n", printed.toString(StandardCharsets.UTF_8));
    new ErrorPrinter(err, Map.of("DOMUS_DEBUG", "1")).print(new OperationFailedException("no"));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("\tat io.domus.cli"));
  }
}
