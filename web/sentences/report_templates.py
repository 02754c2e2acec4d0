"""Words of the office's own templates: what is refused, what the timeline says."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "paper_kind_unknown": _l("Please bring an .xlsx or a .docx file."),
    "paper_has_macros": _l(
        "This file holds macros or embedded programs. Please save it as plain .xlsx or .docx first."
    ),
    "paper_too_large": _l("This file is too large for a template; %(most)s MB are the limit, unpacked accordingly."),
    "paper_unreadable": _l("This file cannot be read. Please save it again as .xlsx or .docx."),
    "paper_looks_outside": _l(
        "This file fetches something from elsewhere (a link, a picture, another file). Please take that out."
    ),
    "paper_does_things": _l(
        "Only placeholders and the one loop over stations may stand in double braces: no sums, filters or conditions."
    ),
    "placeholder_broken": _l("One of the placeholders is not closed or not spelt as in the list."),
    "placeholder_unknown": _l("Nobody counts this: %(names)s. The list says which placeholders there are."),
    "no_placeholder": _l("There is no placeholder in this file, so nothing would be filled in."),
    "too_many_templates": _l("%(most)s templates are enough. Please take one away first."),
}

LABELS = {"PaperFormat": {"XLSX": _l("Workbook (.xlsx)"), "DOCX": _l("Document (.docx)")}}

DEEDS = {
    "report_template.bring": _l("A template was brought"),
    "report_template.remove": _l("A template was taken away"),
}
