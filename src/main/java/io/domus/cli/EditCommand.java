// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import java.io.IOException;

final class EditCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("edit", "Change the stored definition of a domain in an editor.")
        .domain()
        .footer(
            "The editor is that of VISUAL or EDITOR, or vi. What it saves is stored byte for byte"
                + " if it is valid and nobody else has changed the definition meanwhile; if not,"
                + " you are asked whether to go on. A text that is not stored stays in a file,"
                + " which is named. A guest that runs keeps what it was started from.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    session.requireWriter("edit");
    String name = session.find(arguments.one(0));
    return edit(session, new Editable.Domain(session.driver(), name));
  }

  /** Whatever the document defines. */
  static int edit(Session session, Editable document) throws IOException {
    EditedCopy copy = EditedCopy.of(session, document);
    try (EditSignals signals = EditSignals.watch(session.err(), copy)) {
      return edit(session, document, copy, signals);
    } catch (DomainException | IOException failure) {
      return session.errors().print(failure);
    } finally {
      copy.discard().ifPresent(session.err()::println);
    }
  }

  /** As often as the user wants to mend what they wrote. */
  private static int edit(Session session, Editable document, EditedCopy copy, EditSignals signals)
      throws IOException {
    while (true) {
      Editor.of(session).edit(copy.file());
      if (copy.isSame()) {
        session.say(document.title() + " XML configuration not changed");
        return OK;
      }
      EditedCopy.Outcome outcome = copy.define(session);
      Question.Answer answer = Question.Answer.FORCE;
      while (outcome != EditedCopy.Outcome.DONE && answer == Question.Answer.FORCE) {
        boolean overtaken = outcome == EditedCopy.Outcome.OVERTAKEN;
        answer = signals.during(() -> new Question(session, document.noun(), overtaken).ask());
        if (answer == Question.Answer.FORCE) {
          outcome = copy.force(session);
        }
      }
      if (outcome == EditedCopy.Outcome.DONE) {
        session.say(document.title() + " XML configuration edited");
        return OK;
      }
      if (answer == Question.Answer.NO) {
        return FAILED;
      }
    }
  }
}
