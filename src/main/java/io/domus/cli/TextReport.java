// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

/** For people: faults on stderr, and what is valid on stdout. */
final class TextReport implements Report {
  private final Session session;

  private final FindingText text = new FindingText();

  TextReport(Session session) {
    this.session = session;
  }

  @Override
  public void add(Outcome outcome) {
    String name = ShownName.of(outcome.name());
    switch (outcome) {
      case Outcome.Checked checked -> {
        session.err().print(text.render(checked.findings()));
        if (checked.valid()) {
          session.say(name + ": valid");
        }
      }
      case Outcome.Unreadable unreadable ->
          session.err().println("error: " + Unread.text(unreadable));
      case Outcome.Skipped skipped -> session.say(name + ": skipped, " + skipped.why());
    }
  }

  @Override
  public void end(int status) {}
}
