// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hook as lxc-start-ephemeral and lxc-copy write them: a list of mounts with little around them.
 *
 * @param rest what is not understood, or has no place in a domain
 */
record HookScript(Setting hook, List<HookMount> mounts, List<Rest> rest) {
  /** More layers than this no overlay has. */
  private static final int MOST_MOUNTS = 500;

  private static final Pattern SHELL =
      Pattern.compile("#!\\s*/(\\S*/)?(env\\s+)?(ba|da)?sh(\\s+-\\w+)?");

  /** Behind this comes what lxc-start-ephemeral does at the first start alone. */
  private static final Pattern GUARD = Pattern.compile("\\[ -[ef] (/\\S*) \\] && exit( 0)?");

  /** Gives a directory the access list of another. */
  private static final Pattern ACCESS =
      Pattern.compile("getfacl -a \\S+ \\| setfacl --set-file=- (/\\S*) \\|\\| true");

  /**
   * @param setting stands for the statement
   */
  record Rest(Setting setting, String why) {}

  HookScript {
    mounts = List.copyOf(mounts);
    rest = List.copyOf(rest);
  }

  /** Nothing is found in what is no script of a shell. */
  static HookScript of(
      Setting hook, List<String> lines, ScriptVariables variables, LxcFiles files) {
    boolean shell = !lines.isEmpty() && SHELL.matcher(lines.getFirst()).matches();
    Parser parser = new Parser(hook, variables, files);
    for (ScriptStatement each : shell ? ScriptStatement.of(lines) : List.<ScriptStatement>of()) {
      if (each.text().matches("exit(\\s+[0-9]+)?")) {
        break;
      }
      parser.statement(each);
    }
    return parser.script();
  }

  /** One run over the statements. */
  private static final class Parser {
    private final Setting hook;
    private final ScriptVariables variables;
    private final LxcFiles files;
    private final List<HookMount> mounts = new ArrayList<>();
    private final List<Setting> others = new ArrayList<>();
    private final List<Rest> later = new ArrayList<>();

    /** The file that says whether there has been a first start, once the script asks. */
    private Optional<String> mark = Optional.empty();

    Parser(Setting hook, ScriptVariables variables, LxcFiles files) {
      this.hook = hook;
      this.variables = variables;
      this.files = files;
    }

    void statement(ScriptStatement statement) {
      Origin at = new Origin(hook.value(), statement.line(), 0, "");
      Setting setting = new Setting(hook.order(), at, hook.key(), statement.text(), "");
      String text = variables.expand(statement.text());
      Matcher guard = GUARD.matcher(text);
      if (mark.isPresent()) {
        first(setting, text);
      } else if (guard.matches() && PathText.fileName(guard.group(1)).equals("configured")) {
        mark = Optional.of(guard.group(1));
      } else if (!variables.assign(statement.text()) && !text.matches("set -[eux]+|:|true")) {
        Optional<HookMount> mount =
            variables
                .command(statement.text())
                .filter(_ -> mounts.size() < MOST_MOUNTS)
                .flatMap(words -> HookMount.of(setting, words));
        mount.ifPresentOrElse(mounts::add, () -> others.add(setting));
      }
    }

    /** Once there has been a first start, the rest of the script does nothing. */
    private void first(Setting setting, String text) {
      boolean done = files.kind(mark.orElseThrow()) == LxcFiles.Kind.FILE;
      if (!done && !text.equals("touch " + mark.get())) {
        later.add(new Rest(setting, "is for the first start in LXC, which has not been"));
      }
    }

    HookScript script() {
      List<Rest> rest = new ArrayList<>();
      for (Setting other : others) {
        if (!prepares(other)) {
          rest.add(new Rest(other, Unconverted.NO_HOOKS));
        }
      }
      rest.addAll(later);
      return new HookScript(hook, mounts, rest);
    }

    /** Whether a statement does no more than make ready the directories of the mounts. */
    private boolean prepares(Setting statement) {
      Matcher access = ACCESS.matcher(variables.expand(statement.value()));
      if (access.matches()) {
        return needed(access.group(1));
      }
      List<String> words = variables.command(statement.value()).orElse(List.of());
      return words.size() > 1
          && words.getFirst().equals("mkdir")
          && words.stream().skip(1).allMatch(word -> word.equals("-p") || needed(word));
    }

    private boolean needed(String text) {
      Optional<Path> path = PathText.host(text).map(Path::normalize);
      return path.isPresent()
          && mounts.stream()
              .flatMap(mount -> mount.paths().stream())
              .anyMatch(each -> each.startsWith(path.get()));
    }
  }
}
