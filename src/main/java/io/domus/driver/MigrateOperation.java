// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.Manifest;
import io.domus.domain.Condition;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.domain.DomainExistsException;
import io.domus.domain.DomainState;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.kernel.Uninterrupted;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.LeavingGuest;
import io.domus.store.LeavingGuest.Stage;
import io.domus.store.MigrationStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Moves a running guest to another root of state, here or on another host. What it reads and has
 * written is copied while it runs; then it is saved here, what is left is sent, it goes on there,
 * and only then is it removed here. If it cannot go on there, it does so here. Nobody else does
 * anything with its domain meanwhile, on either side.
 */
public final class MigrateOperation {
  /**
   * How.
   *
   * @param keepStorage whether what the domain wrote stays here, too
   */
  public record Request(boolean keepStorage, CriuOptions options) {
    public Request {
      Objects.requireNonNull(options, "options");
    }
  }

  /**
   * What was done.
   *
   * @param bases that were copied
   * @param rounds how often what it writes was copied while it ran
   * @param standstill for how long it stood still
   */
  public record Moved(List<String> bases, int rounds, Duration standstill) {
    public Moved {
      bases = List.copyOf(bases);
    }
  }

  /**
   * What would be done.
   *
   * @param bases that would be copied
   * @param written directories that would be copied while the guest runs
   * @param plan what would be done here
   * @param there what would be done there, as text
   */
  public record Rehearsal(List<String> bases, List<String> written, Plan plan, String there) {
    public Rehearsal {
      bases = List.copyOf(bases);
      written = List.copyOf(written);
    }
  }

  private final Driver here;
  private final Destination there;
  private final MigrationStore marks;

  public MigrateOperation(Driver here, Destination there) {
    this.here = here;
    this.there = there;
    this.marks = new MigrationStore(here.layout());
  }

  public Moved run(String domain, Request request) {
    checkElsewhere(domain);
    try (DomainLock _ = here.shareLayers(cannot(domain));
        DomainJob job = DomainJob.beginExisting(here, domain, "migrate")) {
      return new Move(domain, request, job).run();
    } catch (IOException failure) {
      throw new OperationFailedException(cannot(domain) + ": " + failure.getMessage(), failure);
    }
  }

  /** Checks what can be checked, here and there, and tells what would be done. */
  public Rehearsal rehearse(String domain, Request request) {
    checkElsewhere(domain);
    try (Receiver far = there.open()) {
      Departure departure = Departure.of(here, domain, request.options());
      Receiver.Welcome welcome = far.examine(departure.offer());
      return new Rehearsal(
          paths(welcome.missing()),
          departure.uppers().stream().map(sent -> sent.from().toString()).toList(),
          new ManagedSaveOperation(here).plan(domain, request.options()),
          welcome.plan());
    } catch (DomainException | IOException failure) {
      throw failed(domain, failure, "");
    }
  }

  /** Has a guest back that was handed over to somebody who cannot be asked any more. */
  public static void abandon(Driver here, String domain) {
    String cannot = "cannot abandon the migration of domain '" + domain + "'";
    MigrationStore marks = new MigrationStore(here.layout());
    try (DomainLock _ =
        DomainLock.take(
            here.syscalls(), here.layout().lock(domain), Driver.LOCK_PATIENCE, cannot)) {
      LeavingGuest guest =
          marks
              .leaving(domain)
              .orElseThrow(
                  () -> new OperationInvalidException(cannot + ": none of it is unfinished"));
      if (guest.stage() == Stage.THERE) {
        throw new OperationInvalidException(cannot + ": it runs at " + guest.to());
      }
      new InterruptedDepartures(here).stay(guest);
      here.note(domain, "abandoned", "at " + guest.to());
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  private void checkElsewhere(String domain) {
    if (there instanceof Destination.ThisHost root
        && root.driver().layout().equals(here.layout())) {
      throw new OperationInvalidException(cannot(domain) + ": it is there already");
    }
  }

  private static List<String> paths(List<Manifest.Base> bases) {
    return bases.stream().map(Manifest.Base::path).toList();
  }

  private String cannot(String domain) {
    return "cannot migrate domain '" + domain + "' to " + there.text();
  }

  /**
   * @param where the guest is now, to be said last
   */
  private DomainException failed(String domain, Exception failure, String where) {
    String text = cannot(domain) + ": " + failure.getMessage() + where;
    return switch (failure) {
      case ConfigUnsupportedException _ -> new ConfigUnsupportedException(text, failure);
      case DomainExistsException _ -> new DomainExistsException(text, failure);
      case OperationInvalidException _ -> new OperationInvalidException(text, failure);
      case Exception _ -> new OperationFailedException(text, failure);
    };
  }

  /** One move; the locks of the layers and of the domain are held. */
  private final class Move {
    private final String domain;
    private final Request request;
    private final DomainJob job;
    private final StandstillClock clock = new StandstillClock(here.observer());
    private LeavingGuest mark;

    Move(String domain, Request request, DomainJob job) {
      this.domain = domain;
      this.request = request;
      this.job = job;
    }

    Moved run() throws IOException {
      Departure departure;
      Receiver far;
      try {
        departure = Departure.of(here, domain, request.options());
        far = there.open();
      } catch (DomainException | IOException refusal) {
        throw failed(domain, refusal, "");
      }
      Moved moved;
      try (far) {
        moved = send(departure, far);
      }
      return moved;
    }

    private Moved send(Departure departure, Receiver far) throws IOException {
      List<Manifest.Base> missing;
      int rounds;
      try {
        missing = far.examine(departure.offer()).missing();
        var into = far.prepare(departure.offer());
        mark =
            new LeavingGuest(
                domain, departure.offer().id(), there.text(), request.keepStorage(), Stage.HERE);
        marks.write(mark);
        GuestSending sending = new GuestSending(here, far, departure);
        sending.bases(missing);
        rounds = sending.whileItRuns(into);
        checkWanted();
        ManagedSaveOperation.forMigration(here.observedBy(clock))
            .run(domain, job, request.options());
        sending.whenItIsOff(into);
        far.arrive();
        checkWanted();
        handOver();
      } catch (DomainException | IOException failure) {
        throw stays(failure, far);
      }
      Duration standstill = goOn(far);
      remove(far);
      return new Moved(paths(missing), rounds, standstill);
    }

    private static void checkWanted() throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted");
      }
    }

    /** From here on only the other side knows where the guest is. */
    private void handOver() throws IOException {
      mark = mark.at(Stage.HANDED_OVER);
      marks.write(mark);
      here.statuses()
          .write(
              domain,
              job.record().orElseThrow().ended(Condition.of(DomainState.SHUT_OFF, "migrating")));
    }

    private Duration goOn(Receiver far) throws IOException {
      try {
        far.run(request.options());
        return clock.sofar();
      } catch (DomainException | IOException failure) {
        if (!Uninterrupted.get(() -> hasArrived(far, failure))) {
          throw stays(failure, far);
        }
        return clock.sofar();
      }
    }

    private boolean hasArrived(Receiver far, Exception failure) {
      try {
        far.close();
        return there.arrived(domain, mark.id());
      } catch (DomainException | IOException unknown) {
        unknown.addSuppressed(failure);
        throw new OperationFailedException(
            cannot(domain) + ": " + InterruptedDepartures.unknown(mark, unknown), unknown);
      }
    }

    /** It runs there, whatever somebody wants of us now. */
    private void remove(Receiver far) throws IOException {
      try {
        Uninterrupted.run(() -> new InterruptedDepartures(here).leave(mark));
      } catch (DomainException | IOException failure) {
        throw new OperationFailedException(
            "domain '%s' runs at %s, but is not removed here yet: %s"
                .formatted(domain, there.text(), failure.getMessage()),
            failure);
      }
      told(far);
    }

    /** By another way if this one is broken; what is not forgotten there is of no harm. */
    private void told(Receiver far) throws IOException {
      try {
        far.done();
      } catch (DomainException | IOException broken) {
        try {
          there.forgetArrived(mark.id());
        } catch (DomainException | IOException unheard) {
          here.note(domain, "unheard", unheard.getMessage());
        }
      }
    }

    /** As if nothing had been asked, as far as that can be. */
    private DomainException stays(Exception failure, Receiver far) {
      String now = "";
      try {
        Uninterrupted.run(this::goOnHere);
      } catch (DomainException | IOException second) {
        failure.addSuppressed(second);
        now = " (now: " + second.getMessage() + ")";
      }
      String where = whereabouts() + now;
      try {
        Uninterrupted.run(
            () -> {
              if (mark != null) {
                new InterruptedDepartures(here).stay(mark);
              }
              far.close();
            });
      } catch (DomainException | IOException second) {
        failure.addSuppressed(second);
      }
      return failed(domain, failure, where);
    }

    private void goOnHere() throws IOException {
      new Settlement(here).settle(domain);
      if (isSaved()) {
        new StartSequence(here).restore(domain, request.options());
      }
    }

    /** Nothing is said of what nobody knows. */
    private String whereabouts() {
      try {
        if (Uninterrupted.get(this::isSaved)) {
          return "; it is saved here, and 'domus start " + domain + "' has it go on";
        }
        return mark == null ? "" : "; it runs on here";
      } catch (DomainException | IOException unknown) {
        return "";
      }
    }

    private boolean isSaved() throws IOException {
      return !LiveState.isActive(here, domain) && new ManagedSave(here, domain).exists();
    }
  }
}
