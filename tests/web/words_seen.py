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
certificate_lines.activity_name resident committee
certificate_lines.content    resident committee
certificate_lines.in_charge  resident committee
certificate_lines.organizer  resident committee
certificate_lines.place      resident committee
certificates.content         resident committee
certificates.name            resident committee
certificates.unit            everyone
comments.text               committee grid_worker
declared_relatives.name      worker
goals.title                  everyone
goals.unit                   everyone
hour_corrections.text        head manager supervisor
hour_records.activity_name   resident committee service street_officer
hour_records.content         resident committee service street_officer
hour_records.in_charge       resident committee service street_officer
hour_records.organizer       resident committee service street_officer
hour_records.place           resident committee service street_officer
invitations.name             head street_officer administrator
kept_answers.answer          everyone
kept_answers.question        everyone
ledgers.file_name           committee
need_groups.label            committee
need_groups.why              committee
need_imports.file_name       committee
needs.answer_text            resident
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
people.name                  resident committee grid_worker service street_officer
activity_pre_reports.content committee service
activity_pre_reports.in_charge committee service
activity_pre_reports.place   committee service
activity_pre_reports.safety  committee service
activity_pre_reports.title   committee service
places.name                  everyone
project_imports.filename     committee street_officer
presence_words.words         committee
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
rewards.title                resident committee
time_claims.what             resident
revisions.text               committee
service_lists.basis          committee service
service_lists.department     committee service
service_lists.goods          committee service
service_lists.title          committee service
service_logs.internal        worker supervisor
service_logs.place           committee service
service_logs.public_summary  everyone
service_logs.title           everyone
unmasked_files.reason        committee street_officer auditor
"""
