"""Needs."""

from models.events import record


class Need:
    def accept(self, *, by: object) -> None:
        """Accept."""
        self.state = "ACCEPTED"
        record("need.accept", by=by, about=[self])

    def reject(self, *, by: object) -> None:  # RED: the diary knows nothing
        self.state = "REJECTED"

    def merge(self, other: "Need", *, by: object) -> None:  # RED: two events
        self.state = "MERGED"
        record("need.merge", by=by, about=[self])
        record("need.merged", by=by, about=[other])

    def accept_all(self, needs: list["Need"], *, by: object) -> None:  # RED: an event for each
        for need in needs:
            record("need.accept", by=by, about=[need])

    def raise_and_accept(self, *, by: object) -> None:  # RED: accept records too
        self.accept(by=by)
        record("need.raise", by=by, about=[self])

    def answer(self, done: bool, *, by: object) -> None:
        """Answer in one of two ways."""
        if done:
            self.state = "RESOLVED"
            record("need.resolve", by=by, about=[self])
        else:
            record("need.explain", by=by, about=[self])

    def ask(self, again: bool, *, by: object) -> None:
        """Ask, once or again."""
        if again:
            record("need.ask_again", by=by, about=[self])
            return
        record("need.ask", by=by, about=[self])

    def _enter_service(self, *, by: object) -> None:
        self.state = "IN_SERVICE"

    def may_be_read(self, *, by: object) -> bool:
        """Tell whether somebody may read it."""
        return bool(by)

    def note(self, *, by: object) -> None:
        """Note a try; a part of the verb that called."""
        self.tries += 1
