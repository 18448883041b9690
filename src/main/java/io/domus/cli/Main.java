// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The {@code domus} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StandardOutput stdout = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream out =
        new PrintStream(
            new java.io.BufferedOutputStream(stdout, 1 << 13), false, StandardCharsets.UTF_8);
    Streams streams = new Streams(new FileInputStream(FileDescriptor.in), out, System.err);
    Map<String, String> environment = System.getenv();
    Path home = Path.of(System.getProperty("domus.home", "/usr/share/domus"));
    int status = new Dispatcher(streams, environment, home).run(args);
    out.flush();
    System.exit(stdout.failure().isPresent() ? broken(stdout.failure().get(), status) : status);
  }

  /** A reader that has gone has read enough, and need not be told. */
  private static int broken(IOException failure, int status) {
    if (!StandardOutput.readerGone(failure)) {
      System.err.println("error: cannot write to stdout: " + Reason.of(failure));
    }
    return status == Action.OK ? Action.FAILED : status;
  }
}
