// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;

final class EditCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("edit", "Change the stored definition of a domain in an editor.")
        .domain()
        .footer("The editor is that of VISUAL or EDITOR, or vi.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    session.requireWriter("edit");
    String name = session.find(arguments.one(0));
    ChildSignals.passOn();
    EditedCopy copy = EditedCopy.of(name, DumpxmlCommand.stored(session, name));
    try {
      return edit(session, copy);
    } finally {
      if (copy.discardIfSame()) {
        session.err().println("error: your text is in " + copy.file());
      }
    }
  }

  /** As often as the user wants to mend what they wrote. */
  private static int edit(Session session, EditedCopy copy) throws IOException {
    while (true) {
      Editor.of(session).edit(copy.file());
      if (copy.isSame()) {
        session.say("Domain '" + copy.name() + "' XML configuration not changed");
        return OK;
      }
      switch (copy.define(session)) {
        case DONE -> {
          session.say("Domain '" + copy.name() + "' XML configuration edited");
          return OK;
        }
        case FAULTY -> {
          if (!new Question(session).again()) {
            return FAILED;
          }
        }
        case HOPELESS -> {
          return FAILED;
        }
      }
    }
  }
}
