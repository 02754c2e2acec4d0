"""The small pages of the acts: what each says above its form and on its button, and which ready sentences it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from models.answer_templates import TemplateStep
from web.forms import desk as forms


@dataclass(frozen=True)
class Act:
    """One act: its form, what the page says above it and on its button, and which ready sentences it is offered."""

    form: Any
    title: Any
    hint: Any
    button: Any
    step: TemplateStep | None = None


ACTS: dict[str, Act] = {
    "acceptance": Act(
        forms.AcceptanceForm,
        _l("Accept"),
        _l("The answer clock starts, and the author is told by when the answer comes."),
        _l("Accept"),
    ),
    "question": Act(
        forms.QuestionForm,
        _l("Ask the resident for more"),
        _l("The clocks stand still while we wait, at most ten working days in all."),
        _l("Send the question"),
        TemplateStep.ASK_INFO,
    ),
    "information": Act(
        forms.InformationForm,
        _l("Note what they said on the phone"),
        _l("The matter goes back to where it was, and the clock goes on."),
        _l("Save what they said"),
    ),
    "calls": Act(
        forms.CallForm,
        _l("Note a call"),
        _l("Tries count by day: after three days without an answer a matter may be closed."),
        _l("Save the call"),
    ),
    "rejection": Act(
        forms.RejectionForm,
        _l("Do not accept"),
        _l("The author reads the reason and may object within 30 days; the head hears it."),
        _l("Do not accept it"),
        TemplateStep.REJECT,
    ),
    "redirection": Act(
        forms.RedirectionForm,
        _l("Send to whoever is in charge"),
        _l("The author reads where it went. A petition stays on our list until its receipt is recorded."),
        _l("Send it on"),
        TemplateStep.REDIRECT,
    ),
    "hand-over-receipt": Act(
        forms.HandOverForm,
        _l("Record the hand-over receipt"),
        _l("The author is told the number, and the matter leaves our list."),
        _l("Save the number"),
    ),
    "answer": Act(
        forms.AnswerForm,
        _l("Answer in writing"),
        _l("Say in plain words what was done, or why it cannot be done. The author then says whether it is settled."),
        _l("Send the answer"),
        TemplateStep.ANSWER_DONE,
    ),
    "extension": Act(
        forms.ExtensionForm,
        _l("Ask for more time"),
        _l("Possible once, before the time is over, and at most the same length again. The author reads the reason."),
        _l("Tell the new time"),
        TemplateStep.EXTEND,
    ),
    "promise": Act(
        forms.PromiseForm,
        _l("Tell a new date"),
        _l("Before the old date passes, and twice at most; after that the head must do it."),
        _l("Tell the new date"),
    ),
    "resolution": Act(
        forms.ResolutionForm,
        _l("Say that it is settled"),
        _l("A recorded service or a sentence of yours must show it. The author then says whether it is so."),
        _l("It is settled"),
    ),
    "withdrawal-on-request": Act(
        forms.WithdrawalForm,
        _l("Take it back for the author"),
        _l("Only when the author asked for it."),
        _l("Take it back"),
    ),
    "merging": Act(
        forms.MergingForm,
        _l("Handle together with another"),
        _l(
            "The author is told and may take it out again within seven days. Supports are "
            "not moved; supporters are asked."
        ),
        _l("Handle together"),
    ),
    "separation": Act(
        forms.PressForm,
        _l("Take it out again"),
        _l("It is handled on its own again, with a new answer clock."),
        _l("Take it out"),
    ),
    "confirmation-by-phone": Act(
        forms.PressForm,
        _l("The author said on the phone that it is settled"),
        _l("Your name is kept with it."),
        _l("Yes, it is settled"),
    ),
    "reopening-by-phone": Act(
        forms.ReopeningForm,
        _l("The author said on the phone that it is not settled"),
        _l("The answer clock begins anew. The second time the street office follows it."),
        _l("Open it again"),
    ),
    "hearing": Act(
        forms.HearingForm,
        _l("Hear the objection"),
        _l("You decide as the head of the community."),
        _l("Send the decision"),
        TemplateStep.ANSWER_CANNOT,
    ),
    "public-title": Act(
        forms.TitleForm,
        _l("Public title"),
        _l(
            "At most 30 characters, no names and no numbers. Only this title is shown to "
            "neighbors; empty takes it back."
        ),
        _l("Save the title"),
    ),
    "delay-reason": Act(
        forms.DelayForm,
        _l("Say why it is late"),
        _l("The list of late matters shows this sentence to everybody."),
        _l("Save the reason"),
    ),
}
