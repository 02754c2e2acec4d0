"""Who reads which words: written by hand, one line a column in which people type. A new column fails until it stands here.

    column                      who reads it on some page, export or fragment
`everyone` includes the public; `nobody` is for words that leave no page of this town. Parts are those of tests/cast.py;
one's own name in the bar, and the people of the neighboring community, are left out.
"""

WORDS = """
accounts.address             committee
accounts.name                resident other_clerk other_head committee grid_worker offices service supporter evaluator expert auditor administrator
activities.content           everyone
activities.in_charge         everyone
activities.place             everyone
activities.title             everyone
answer_templates.text        committee
answer_templates.title       committee
attendances.written_building committee service
attendances.written_name     committee service
budget_lines.label           committee offices expert auditor
comments.text               committee grid_worker
declared_relatives.name      worker
dossier_samples.reason       nobody
goals.title                  everyone
goals.unit                   everyone
hour_corrections.text        head manager supervisor
hour_records.activity_name   resident committee service
hour_records.content         resident committee service
hour_records.in_charge       resident committee service
hour_records.organizer       resident committee service
hour_records.place           resident committee service
invitations.name             head street_officer administrator
kept_answers.answer          everyone
kept_answers.question        everyone
ledgers.file_name           committee
need_groups.label            committee
need_groups.why              committee
need_imports.file_name       committee
needs.answer_text            nobody
needs.next_step              committee offices service supporter evaluator expert auditor
needs.place_detail           resident committee grid_worker street_officer district_officer auditor
needs.public_title           everyone
needs.question               committee street_officer district_officer auditor
needs.reason                 committee street_officer district_officer auditor
needs.text                   resident committee grid_worker street_officer district_officer auditor service
next_dates.what              committee offices service supporter evaluator expert auditor
notices.text                 everyone
notices.title                everyone
organizations.name           everyone
packages.activities          committee offices expert auditor
packages.change              committee offices expert auditor
packages.how_checked         committee offices expert auditor
packages.output              committee offices expert auditor
packages.output_unit         committee offices expert auditor
packages.problem             committee offices expert auditor
packages.title               committee offices expert auditor
people.name                  resident committee grid_worker service
activity_pre_reports.content committee service
activity_pre_reports.in_charge committee service
activity_pre_reports.place   committee service
activity_pre_reports.safety  committee service
activity_pre_reports.title   committee service
people_imports.file_name     nobody
places.name                  everyone
project_imports.filename     committee street_officer
set_asides.reason             nobody
trials.ending_reason          nobody
trials.extension_reason       nobody
projects.change              everyone
projects.how_checked         everyone
projects.problem             everyone
projects.title               everyone
ratings.comment              nobody
report_templates.name       committee street_officer district_officer auditor
reports.note                committee street_officer district_officer auditor
responsible_units.duties     everyone
responsible_units.hours      everyone
responsible_units.name       everyone
revisions.text               committee
service_lists.basis          service
service_lists.department     service
service_lists.goods          service
service_lists.title          service
service_logs.internal        worker supervisor
service_logs.place           committee service
service_logs.public_summary  everyone
service_logs.title           everyone
"""
