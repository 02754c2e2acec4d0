"""The community's rules, in the order of civic life: an area may import only the areas above it."""

import importlib

AREAS: tuple[str, ...] = (
    "base",
    "states",
    "working_time",
    "deadlines",
    "rates",
    "hours",
    "priority",
    "sheets",
    "ciphers",
    "pictures",
    "vault",
    "events",
    "seals",
    "revisions",
    "receipts",
    "places",
    "calendar",
    "organizations",
    "people",
    "permissions",
    "accounts",
    "doorkeeping",
    "tellings",
    "invitations",
    "attachments",
    "notices",
    "grouping",
    "needs",
    "need_counts",
    "directory",
    "answer_templates",
    "supports",
    "desk",
    "front_desk",
    "need_exports",
    "need_groups",
    "need_imports",
    "packages",
    "projects",
    "project_imports",
    "activities",
    "attendance",
    "service_log",
    "volunteering",
    "ratings",
    "evaluation",
    "progress",
    "thread",
    "my_data",
    "audit",
)


def load_all() -> None:
    """Import every area, so that the database knows all tables."""
    for area in AREAS:
        importlib.import_module(f"models.{area}")
