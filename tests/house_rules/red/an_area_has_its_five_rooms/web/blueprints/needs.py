"""The counter of needs.  RED: no form, no page, no proof."""

from web.forms.needs import NeedForm

blueprint.post("/needs")(NeedForm)
