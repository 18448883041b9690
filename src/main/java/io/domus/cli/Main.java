// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.kernel.ImmediateExit;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;

/** The {@code domus} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StandardOutput stdout = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    Streams streams =
        Streams.of(
            new FileInputStream(FileDescriptor.in),
            stdout,
            new FileOutputStream(FileDescriptor.err));
    Path home = Path.of(System.getProperty("domus.home", "/usr/share/domus"));
    Dispatcher dispatcher = new Dispatcher(streams, System.getenv(), home);
    int status = dispatcher.run(args);
    StandardOutput.Broken failure = stdout.failure();
    if (failure != null) {
      if (!failure.readerGone()) {
        streams.err().println("error: cannot write to stdout: " + Reason.of(failure));
      }
      status = status == Action.OK ? Action.FAILED : status;
    }
    if (dispatcher.leavesProgram()) {
      ImmediateExit.with(status);
    }
    if (status != Action.OK) {
      // Not exit: before the end that would bring up the JVM's logging, for longer than most
      // commands take. Nothing here depends on a shutdown hook.
      Runtime.getRuntime().halt(status);
    }
  }
}
