// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that are not understood: one line that says why, and where to look. */
class UsageTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start                    | missing required parameter: 'NAME', or -a for all  | start",
        "start -a web             | -a and names exclude each other                    | start",
        "start --all web          | --all needs -a                                     | start",
        "shutdown --boot web      | --boot needs -a                                    | shutdown",
        "destroy -o json web      | --output needs -a                                  | destroy",
        "reboot --timeout 3 web   | --timeout needs -a                                 | reboot",
        "start -a --parallel 0    | --parallel must be 1 or more                       | start",
        "exec                     | missing required parameters: 'NAME', 'COMMAND'     | exec",
        "exec web                 | missing required parameter: 'COMMAND'              | exec",
        "define                   | missing required parameter: 'FILE'                 | define",
        "define a b               | unexpected argument 'b'                            | define",
        "list web                 | unexpected argument 'web'                          | list",
        "list --al                | unknown option '--al'; did you mean '--all'?       | list",
        "list --zzzz              | unknown option '--zzzz'                            | list",
        "exec web ls -l           | unknown option '-l'; put -- before the command to run          "
            + "  | exec",
        "list -o yaml             | invalid value for option '--output': expected one of text, json"
            + " but was 'yaml' | list",
        "list -o                  | missing required parameter for option '--output' (FORMAT) |"
            + " list",
        "plan --op grow web       | invalid value for option '--op': expected one of start, stop,"
            + " clone but was 'grow' | plan",
        "shutdown --timeout x web | invalid value for option '--timeout': 'x' is not a number |"
            + " shutdown",
        "shutdown --timeout -1 a  | invalid value for option '--timeout': '-1' is negative |"
            + " shutdown",
        "start web -- sh -c echo  | a command after -- needs --ephemeral               | start",
        "start --dry-run web -- sh | a command after -- needs --ephemeral              | start",
        "clone a b --live --full  | --live and --full exclude each other: a live clone copies what"
            + " the guest writes and shares the rest | clone",
        "clone a b --live --linked | --live and --linked exclude each other: a live clone copies"
            + " what the guest writes and shares the rest | clone",
        "clone a b --live --to dir | --live and --to exclude each other: a live clone keeps the"
            + " kind of the source's storage | clone",
        "logs -n 1 --tail 2       | missing required parameter: 'NAME'                 | logs",
      })
  void ofACommand(String line, String message, String command) {
    CommandRun run = CommandRun.User.of(root).run(line.split(" "));
    assertEquals("error: " + message + "\nsee 'domus help " + command + "'\n", run.err());
    assertEquals(Action.USAGE, run.status());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strat web      | unknown command: 'strat'; did you mean 'start'?",
        "LIST           | unknown command: 'LIST'; did you mean 'list'?",
        "dom            | unknown command: 'dom'; did you mean 'domid' or 'domif-getlink' or"
            + " 'domif-setlink' or 'domifaddr' or 'domiflist' or 'domiftune' or 'dominfo' or"
            + " 'domrename' or 'domstate' or 'domstats' or 'domuuid' or 'domxml-from-native' or"
            + " 'domxml-to-native'?",
        "des            | unknown command: 'des'; did you mean 'destroy'?",
        "kubectl        | unknown command: 'kubectl'",
        "help kubectl   | unknown command: 'kubectl'",
        "-c             | missing required parameter for option '--connect' (URI)",
        "-q             | no command is given",
        "-x list        | unknown option '-x'",
        "-c qemu:///system list | no connection 'qemu:///system': expected lxc:///system,"
            + " lxc:///session or lxc:///embed?root=DIR",
        "-c lxc:///embed?root=rel list | no connection 'lxc:///embed?root=rel': its root is not"
            + " absolute",
      })
  void ofTheWhole(String line, String message) {
    CommandRun run = CommandRun.User.of(root).run(line.split(" "));
    assertEquals("error: " + message + "\nsee 'domus help'\n", run.err());
    assertEquals(Action.USAGE, run.status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list                                   | 0",
        "-q list                                | 1",
        "-c lxc:///system list                  | 2",
        "--connect lxc:///system -q list        | 3",
        "--connect=lxc:///system list           | 1",
        "-clxc:///embed?root=/abc list          | 1",
        "-qc lxc:///system list                 | 2",
        "--help                                 | 1",
        "-c                                     | 2",
      })
  void whereTheCommandIs(String line, int at) {
    assertEquals(at, Dispatcher.commandAt(line.split(" ")));
  }

  @Test
  void nothingAtAllGetsTheHelp() {
    CommandRun run = CommandRun.User.of(root).run();
    assertEquals(CommandLines.help(), run.err());
    assertEquals(Action.USAGE, run.status());
  }

  @Test
  void argumentsAreTakenAsTheyAre() {
    CommandRun run = CommandRun.User.of(root).run("validate", "@/etc/passwd", "${x}");
    assertEquals(
        "error: cannot read @/etc/passwd: no such file\nerror: cannot read ${x}: no such file\n",
        run.err());
  }

  @Test
  void dashesBeforeAllNamesAreForNobody() {
    CommandRun run = CommandRun.User.of(root).run("start", "--dry-run", "--", "a", "b");
    assertEquals("error: no domain 'a'\nerror: no domain 'b'\n", run.err());
  }
}
