"""Who gets in where: written by hand, one line an endpoint and method. A new endpoint fails until its line stands here.

    endpoint                         METHOD  who gets in
`who` is `everyone`, `signed-in`, or parts of the cast (tests/cast.py) by their first names below. Everybody else
with an account gets 403, a stranger is sent to the sign-in. Whether somebody who got in finds the very thing is asked
in OBJECTS: those parts get an answer, all others who pass the door get 404.
"""

from __future__ import annotations

# A part may be played by several accounts; two_hats is clerk here and auditor in the neighboring community.
PLAYED_BY: dict[str, tuple[str, ...]] = {
    "resident": ("resident", "other_resident"),
    "clerk": ("clerk", "other_clerk", "two_hats"),
    "head": ("head", "other_head"),
    "worker": ("worker", "other_worker"),
    "auditor": ("auditor", "two_hats"),
}

ROUTES = """
accounts.confirm                 POST  clerk head grid_worker
accounts.decline                 POST  clerk head grid_worker
accounts.end                     POST  head street_officer manager administrator
accounts.grant                   POST  head street_officer manager administrator
accounts.index                   GET   head street_officer manager auditor administrator
accounts.leave                   POST  head street_officer manager administrator
accounts.requests                GET   clerk head grid_worker
accounts.show                    GET   head street_officer manager auditor administrator
accounts.slip                    POST  clerk head street_officer administrator
accounts.transfer                POST  head street_officer manager administrator
activities.calendar              GET   everyone
activities.call_off_rest         POST  clerk head manager worker supervisor
activities.change                POST  clerk head manager worker supervisor
activities.call_off              POST  clerk head manager worker supervisor
activities.check_in              POST  signed-in
activities.check_in_page         GET   signed-in
activities.check_out             POST  signed-in
activities.create                POST  clerk head manager worker supervisor
activities.edit                  GET   clerk head manager worker supervisor
activities.feed                  GET   everyone
activities.give_back             POST  signed-in
activities.index                 GET   everyone
activities.insure                POST  clerk head manager worker supervisor
activities.new                   GET   clerk head manager worker supervisor
activities.poster                GET   clerk head manager worker supervisor
activities.prepare               POST  clerk head manager worker supervisor
activities.show                  GET   everyone
activities.sign_up               POST  signed-in
activities.tell_when_left        POST  signed-in
activities.turning               GET   clerk head manager worker supervisor
activities.turning_code          GET   clerk head manager worker supervisor
answer_templates.create          POST  clerk head
answer_templates.edit            GET   clerk head
answer_templates.index           GET   clerk head
answer_templates.new             GET   clerk head
answer_templates.retire          POST  clerk head
answer_templates.update          POST  clerk head
assets.file                      GET   everyone
assets.manifest                  GET   everyone
assets.offline                   GET   everyone
assets.outbox                    GET   everyone
assets.service_worker            GET   everyone
attachments.create               POST  everyone
attachments.document             GET   everyone
attachments.file                 GET   everyone
attachments.show                 GET   everyone
attendance.admit                 POST  clerk head manager worker supervisor
attendance.book                  GET   clerk head manager worker supervisor auditor
attendance.come_after_all        POST  clerk head manager worker supervisor
attendance.check_in              POST  clerk head manager worker supervisor
attendance.check_out             POST  clerk head manager worker supervisor
attendance.confirm               POST  signed-in
attendance.correct               POST  clerk head manager worker supervisor
attendance.dismiss               POST  clerk head
attendance.dispute               POST  signed-in
attendance.find                  GET   clerk head manager worker supervisor
attendance.mark_absent           POST  clerk head manager worker supervisor
attendance.match                 POST  clerk head manager worker supervisor
attendance.mine                  GET   signed-in
attendance.note_guardian         POST  clerk head manager worker supervisor
attendance.of_activity           GET   clerk head manager worker supervisor auditor
attendance.of_log                GET   clerk head manager worker supervisor
attendance.take_activity         POST  clerk head manager worker supervisor
attendance.take_log              POST  clerk head manager worker supervisor
attendance.to_match              GET   clerk head manager worker supervisor
attendance.uphold                POST  clerk head
audit.access                     GET   auditor
audit.index                      GET   auditor
audit.verification               GET   auditor
board_needs.index                GET   everyone
board_needs.show                 GET   everyone
care.report                      POST  clerk head grid_worker manager worker supervisor
care.set_terms                   POST  clerk head
care.show                        GET   clerk head grid_worker manager worker supervisor
care.terms                       GET   clerk head
care.unseen                      GET   clerk head grid_worker
certificates.ask                 POST  signed-in
certificates.create              POST  clerk head
certificates.decline             POST  clerk head
certificates.index               GET   clerk head
certificates.new                 GET   clerk head
certificates.own                 GET   signed-in
certificates.paper               GET   signed-in
certificates.revoke              POST  clerk head
certificates.sheet               GET   signed-in
certificates.show                GET   everyone
certificates.verify              GET   everyone
dashboards.show                  GET   clerk head street_officer finance district_officer supporter auditor
day_sheets.show                  GET   clerk head grid_worker manager worker supervisor
desk.accept                      POST  clerk head
desk.accept_all                  POST  clerk head
desk.answer                      POST  clerk head
desk.ask                         POST  clerk head
desk.confirm                     POST  clerk head
desk.explain_delay               POST  clerk head
desk.extend                      POST  clerk head
desk.form_of                     GET   clerk head
desk.hand_over                   POST  clerk head
desk.hear                        POST  head
desk.index                       GET   clerk head grid_worker street_officer district_officer auditor
desk.inform                      POST  clerk head
desk.late                        GET   everyone
desk.merge                       POST  clerk head
desk.note_call                   POST  clerk head
desk.promise                     POST  clerk head
desk.publish_title               POST  clerk head
desk.receipt                     GET   clerk head grid_worker street_officer district_officer auditor
desk.redirect_need               POST  clerk head
desk.reject                      POST  clerk head
desk.reopen                      POST  clerk head
desk.resolve                     POST  clerk head
desk.reveal                      POST  clerk head grid_worker
desk.show                        GET   clerk head grid_worker street_officer district_officer auditor
desk.show_beside                 GET   clerk head grid_worker street_officer district_officer auditor
desk.split_out                   POST  clerk head
desk.withdraw                    POST  clerk head
directory.create                 POST  clerk head
directory.edit                   GET   clerk head
directory.index                  GET   everyone
directory.keep_answer            POST  clerk head
directory.new                    GET   clerk head
directory.new_answer             GET   clerk head
directory.retire                 POST  clerk head
directory.retire_answer          POST  clerk head
directory.update                 POST  clerk head
disclosure.activity_poster       GET   everyone
disclosure.guide                 GET   everyone
disclosure.index                 GET   everyone
disclosure.poster                GET   everyone
disclosure.project               GET   everyone
disclosure.projects              GET   everyone
disclosure.sheet                 GET   everyone
dossiers.archive                 GET   clerk head street_officer manager supervisor evaluator
dossiers.draw                    POST  evaluator
dossiers.paper                   GET   clerk head street_officer manager supervisor evaluator
dossiers.sample                  GET   clerk head street_officer manager supervisor evaluator
dossiers.show                    GET   clerk head street_officer manager supervisor evaluator
evaluation.create_base           POST  evaluator
evaluation.create_scheme         POST  district_officer
evaluation.index                 GET   clerk head street_officer finance district_officer manager worker supervisor supporter evaluator auditor
evaluation.new_base              GET   evaluator
evaluation.new_scheme            GET   district_officer
evaluation.publish_scheme        POST  district_officer
evaluation.satisfaction          GET   everyone
evaluation.scheme                GET   district_officer
evaluation.schemes               GET   everyone
evaluation.show                  GET   everyone
evaluation.update_scheme         POST  district_officer
front_desk.create                POST  clerk head grid_worker
front_desk.new                   GET   clerk head grid_worker
front_desk.people                GET   clerk head grid_worker
front_desk.show                  GET   clerk head grid_worker
hand_overs.create                POST  clerk head manager worker supervisor
hand_overs.new                   GET   clerk head manager worker supervisor
health.alive                     GET   everyone
health.ready                     GET   everyone
hints.comment                    POST  clerk head supervisor
hints.decide                     POST  clerk head
hints.index                      GET   clerk head supervisor auditor
home.show                        GET   everyone
hour_lists.drop_layout           POST  clerk head street_officer
hour_lists.export                GET   clerk head street_officer
hour_lists.handed_over           GET   clerk head street_officer
hour_lists.index                 GET   clerk head street_officer
hour_lists.lay_out               POST  clerk head street_officer
hour_lists.layout                GET   clerk head street_officer
hour_lists.mark                  POST  clerk head
hour_lists.undo                  POST  clerk head
invitations.create               POST  head street_officer manager administrator
invitations.index                GET   head street_officer manager administrator
invitations.new                  GET   head street_officer manager administrator
invitations.revoke               POST  head street_officer manager administrator
invitations.show                 GET   everyone
invitations.use                  POST  everyone
ledgers.create                   POST  clerk head street_officer
ledgers.index                    GET   clerk head street_officer
ledgers.outside                  GET   clerk head street_officer
ledgers.progress                 GET   clerk head street_officer
ledgers.put_away                 POST  clerk head street_officer
ledgers.read_by_hand             POST  clerk head street_officer
ledgers.show                     GET   clerk head street_officer
ledgers.start                    POST  clerk head street_officer
ledgers.take                     POST  clerk head street_officer
ledgers.undo                     POST  clerk head street_officer
me.read                          POST  signed-in
me.show                          GET   everyone
my_data.agree                    POST  signed-in
my_data.copy                     POST  signed-in
my_data.erase                    POST  signed-in
my_data.erased                   GET   everyone
my_data.notice                   GET   everyone
my_data.notice_of                GET   everyone
my_data.show                     GET   signed-in
my_data.withdraw                 POST  signed-in
my_data.withdraw_places          POST  signed-in
need_exports.create              POST  clerk head street_officer
need_exports.new                 GET   clerk head street_officer
need_groups.dismiss              POST  clerk head
need_groups.index                GET   clerk head
need_groups.merge                POST  clerk head
need_groups.move_in              POST  clerk head
need_groups.move_out             POST  clerk head
need_groups.show                 GET   clerk head
need_groups.take                 POST  clerk head
need_imports.create              POST  clerk head
need_imports.discard             POST  clerk head
need_imports.index               GET   clerk head
need_imports.progress            GET   clerk head
need_imports.show                GET   clerk head
need_imports.start               POST  clerk head
need_imports.undo                POST  clerk head
needs.act                        POST  everyone
needs.ask_withdrawal             GET   everyone
needs.at                         GET   everyone
needs.create                     POST  everyone
needs.edit                       GET   everyone
needs.find                       GET   everyone
needs.follow                     POST  signed-in
needs.new                        GET   everyone
needs.open_receipt               POST  everyone
needs.receipt                    GET   everyone
needs.show                       GET   everyone
needs.similar                    GET   everyone
needs.support                    POST  signed-in
needs.unfollow                   POST  signed-in
needs.update                     POST  everyone
needs.withdraw_support           POST  signed-in
notices.acknowledge              POST  signed-in
notices.create                   POST  clerk head street_officer district_officer
notices.desk                     GET   clerk head street_officer district_officer
notices.edit                     GET   clerk head street_officer district_officer
notices.end                      POST  clerk head street_officer district_officer
notices.follow                   POST  signed-in
notices.index                    GET   everyone
notices.new                      GET   clerk head street_officer district_officer
notices.paper                    GET   everyone
notices.poster                   GET   everyone
notices.preview                  GET   clerk head street_officer district_officer
notices.publish                  POST  head street_officer district_officer
notices.sheet                    GET   everyone
notices.show                     GET   everyone
notices.update                   POST  clerk head street_officer district_officer
organizations.change             POST  street_officer district_officer manager administrator
organizations.create             POST  street_officer district_officer administrator
organizations.edit               GET   street_officer district_officer manager administrator
organizations.index              GET   street_officer district_officer manager administrator
organizations.new                GET   street_officer district_officer administrator
packages.add                     POST  clerk head
packages.approve                 POST  head street_officer
packages.attach                  POST  clerk head
packages.create                  POST  clerk head
packages.dissolve                POST  clerk head
packages.edit                    GET   clerk head
packages.give_back               POST  head street_officer
packages.hint                    GET   clerk head
packages.index                   GET   clerk head street_officer finance district_officer expert auditor
packages.judge_unfeasible        POST  head street_officer
packages.new                     GET   clerk head
packages.remove                  POST  clerk head
packages.revise                  POST  clerk head
packages.show                    GET   clerk head street_officer finance district_officer expert auditor
packages.submit                  POST  clerk head
past_volunteering.index          GET   clerk head street_officer finance district_officer supporter auditor
people.change                    POST  clerk head
people.confirm                   POST  clerk head grid_worker
people.contact                   POST  clerk head
people.create                    POST  clerk head
people.edit                      GET   clerk head
people.end_tag                   POST  clerk head
people.give_mandate              POST  clerk head
people.index                     GET   clerk head grid_worker
people.live_alone                POST  clerk head
people.live_with                 POST  clerk head
people.merge                     POST  clerk head
people.move                      POST  clerk head
people.new                       GET   clerk head
people.reveal                    POST  clerk head grid_worker
people.revoke                    POST  signed-in
people.show                      GET   clerk head grid_worker
people.tag                       POST  clerk head
places.change                    POST  head street_officer district_officer administrator
places.create                    POST  head street_officer district_officer administrator
places.edit                      GET   head street_officer district_officer administrator
places.index                     GET   head street_officer district_officer administrator
places.new                       GET   head street_officer district_officer administrator
places.show                      GET   head street_officer district_officer administrator
pre_reports.announce             POST  manager worker supervisor
pre_reports.create               POST  manager worker supervisor
pre_reports.decide               POST  clerk head
pre_reports.index                GET   clerk head manager worker supervisor
pre_reports.new                  GET   manager worker supervisor
pre_reports.reply                POST  manager worker supervisor
pre_reports.show                 GET   clerk head manager worker supervisor
pre_reports.withdraw             POST  manager worker supervisor
print_kit.hours_sheet            GET   head manager supervisor
print_kit.index                  GET   clerk head grid_worker manager worker supervisor
print_kit.meeting                GET   clerk head grid_worker manager worker supervisor
print_kit.people_sheet           GET   clerk head manager worker supervisor
print_kit.rating_poster          GET   clerk head manager worker supervisor
print_kit.sign_in_sheet          GET   clerk head manager worker supervisor
print_kit.wall_poster            GET   clerk head manager worker supervisor
project_imports.create           POST  clerk head street_officer
project_imports.enter            POST  clerk head street_officer
project_imports.new              GET   clerk head street_officer
project_imports.show             GET   clerk head street_officer
projects.add_goal                POST  head manager supervisor
projects.assign                  POST  street_officer
projects.choose                  GET   clerk head
projects.close                   POST  street_officer
projects.create                  POST  clerk head street_officer
projects.index                   GET   clerk head street_officer finance district_officer manager worker supervisor supporter evaluator expert auditor
projects.join                    POST  head manager supervisor
projects.keep                    POST  head manager supervisor
projects.leave                   POST  head manager supervisor
projects.link                    POST  clerk head
projects.new                     GET   clerk head street_officer
projects.postpone                POST  head manager supervisor
projects.resume                  POST  street_officer
projects.settle                  POST  head manager supervisor
projects.show                    GET   clerk head street_officer finance district_officer manager worker supervisor supporter evaluator expert auditor
projects.suggest                 GET   clerk head
projects.suspend                 POST  street_officer
projects.tell_date               POST  head manager supervisor
projects.terminate               POST  street_officer
ratings.ask                      POST  signed-in
ratings.contact                  GET   clerk head
ratings.contacts                 GET   clerk head
ratings.create                   POST  everyone
ratings.create_at_poster         POST  everyone
ratings.create_call              POST  clerk head
ratings.create_decision          POST  clerk head
ratings.create_doubt             POST  head
ratings.create_paper             POST  clerk head evaluator
ratings.create_relative          POST  clerk head manager worker supervisor
ratings.create_settlement        POST  clerk head
ratings.create_slips             POST  clerk head
ratings.create_strips            POST  clerk head
ratings.create_ties              POST  clerk head
ratings.create_witness           POST  clerk head evaluator
ratings.create_word              POST  clerk head
ratings.dismiss_presence         POST  clerk head
ratings.index                    GET   signed-in
ratings.new                      GET   everyone
ratings.new_at_poster            GET   everyone
ratings.new_paper                GET   clerk head evaluator
ratings.paper_index              GET   evaluator
ratings.poster                   GET   clerk head
ratings.presence                 GET   clerk head
ratings.print_slips              GET   clerk head
ratings.print_strips             GET   clerk head
ratings.relatives                GET   clerk head manager worker supervisor
ratings.reveal                   POST  clerk head
ratings.reveal_presence          POST  clerk head
ratings.say_presence             POST  everyone
ratings.service                  GET   clerk head
ratings.services_index           GET   clerk head
ratings.sheet                    GET   clerk head evaluator
ratings.sheets                   GET   clerk head evaluator
ratings.singles_index            GET   clerk head street_officer finance district_officer manager worker supervisor supporter evaluator auditor
ratings.thanks                   GET   everyone
ratings.themes                   GET   clerk head manager worker supervisor
ratings.uphold_presence          POST  clerk head
report_templates.create          POST  clerk head street_officer
report_templates.filled          GET   clerk head street_officer district_officer auditor
report_templates.index           GET   clerk head street_officer district_officer auditor
report_templates.original        GET   clerk head street_officer district_officer auditor
report_templates.placeholders    GET   clerk head street_officer district_officer auditor
report_templates.remove          POST  clerk head street_officer
reports.create                   POST  clerk head
reports.figures                  GET   clerk head street_officer district_officer auditor
reports.index                    GET   clerk head street_officer district_officer auditor
reports.receive                  POST  street_officer
reports.records                  GET   clerk head street_officer district_officer auditor
reports.satisfaction             GET   clerk head street_officer district_officer auditor
reports.send_back                POST  head
reports.send_back_from_street    POST  street_officer
reports.sheet                    GET   clerk head street_officer district_officer auditor
reports.sheet_of                 GET   clerk head street_officer district_officer auditor
reports.show                     GET   clerk head street_officer district_officer auditor
reports.sign                     POST  head
reports.submit                   POST  clerk head
reports.workbook                 GET   clerk head street_officer district_officer auditor
reports.workbook_as_handed_in    GET   clerk head street_officer district_officer auditor
rosters.index                    GET   clerk head grid_worker
service_lists.create             POST  clerk head manager worker supervisor
service_lists.drop               POST  clerk head manager worker supervisor
service_lists.index              GET   clerk head manager worker supervisor
service_lists.new                GET   clerk head manager worker supervisor
service_lists.record             POST  clerk head manager worker supervisor
service_lists.sheet              GET   clerk head manager worker supervisor
service_lists.show               GET   clerk head manager worker supervisor
service_lists.tick               POST  clerk head manager worker supervisor
service_log.approvals            GET   clerk head manager supervisor
service_log.approve              POST  clerk head manager supervisor
service_log.approve_all          POST  clerk head manager supervisor
service_log.choose               GET   clerk head manager worker supervisor
service_log.correct              POST  clerk head manager worker supervisor
service_log.cover                POST  clerk head manager worker supervisor
service_log.create               POST  clerk head manager worker supervisor
service_log.create_call          POST  clerk head manager supervisor
service_log.create_round         POST  clerk head manager worker supervisor
service_log.edit                 GET   clerk head manager worker supervisor
service_log.give_photos_up       POST  clerk head manager worker supervisor
service_log.identify             POST  clerk head manager worker supervisor
service_log.index                GET   clerk head manager worker supervisor
service_log.new                  GET   clerk head manager worker supervisor
service_log.new_cover            GET   clerk head manager worker supervisor
service_log.new_round            GET   clerk head manager worker supervisor
service_log.of_project           GET   clerk head street_officer district_officer manager worker supervisor evaluator auditor
service_log.people               GET   clerk head manager worker supervisor
service_log.read_internal        POST  auditor
service_log.read_original        POST  auditor
service_log.reveal_callees       POST  clerk head manager supervisor
service_log.send_back            POST  clerk head manager supervisor
service_log.show                 GET   clerk head street_officer district_officer manager worker supervisor evaluator auditor
service_log.submit               POST  clerk head manager worker supervisor
service_log.uncover              POST  clerk head
service_log.update               POST  clerk head manager worker supervisor
service_log.void                 POST  clerk head manager supervisor
set_up.begin_trial               POST  head street_officer
set_up.end_trial                 POST  street_officer
set_up.extend_trial              POST  street_officer
set_up.hours                     GET   head street_officer
set_up.index                     GET   head street_officer
set_up.keep_hours                POST  head street_officer
set_up.lay_out                   POST  head street_officer
set_up.layout                    GET   head street_officer
set_up.posters                   GET   head street_officer
set_up.print_posters             POST  head street_officer
set_up.put_aside                 POST  head street_officer
set_up.show                      GET   head street_officer
set_up.take_up                   POST  head street_officer
settings.change                  POST  everyone
settings.change_password         POST  signed-in
settings.elder                   POST  everyone
settings.end_all_sessions        POST  signed-in
settings.end_session             POST  signed-in
settings.language                POST  everyone
settings.password                GET   signed-in
settings.sessions                GET   signed-in
settings.show                    GET   everyone
sign_in.create                   POST  everyone
sign_in.delete                   POST  everyone
sign_in.new                      GET   everyone
sign_in.token                    GET   everyone
sign_up.create                   POST  everyone
sign_up.new                      GET   everyone
sign_up.received                 GET   everyone
talk.part                        GET   clerk head grid_worker manager worker supervisor
talk.read                        POST  clerk head grid_worker manager worker supervisor
talk.say                         POST  clerk head grid_worker manager worker supervisor
talk.show                        GET   clerk head grid_worker manager worker supervisor
talk.take_back                   POST  clerk head grid_worker manager worker supervisor
tellings.index                   GET   clerk head
tellings.reveal                  POST  clerk head grid_worker
tellings.tick                    POST  clerk head
unmasked_files.approve           POST  head street_officer
unmasked_files.create            POST  clerk head
unmasked_files.index             GET   clerk head street_officer auditor
unmasked_files.new               GET   clerk head
unmasked_files.refuse            POST  head street_officer
unmasked_files.show              GET   clerk head street_officer auditor
unmasked_files.take              POST  clerk head
unmasked_files.withdraw          POST  clerk head
volunteer_profiles.enter         POST  clerk head
volunteer_profiles.index         GET   clerk head manager worker supervisor
volunteer_profiles.mine          GET   signed-in
volunteer_profiles.of_person     GET   clerk head
volunteer_profiles.offer         POST  signed-in
volunteer_profiles.reveal        POST  clerk head manager worker supervisor
volunteer_profiles.withdraw      POST  signed-in
volunteer_profiles.withdraw_for  POST  clerk head
stars.apply                      POST  signed-in
stars.approve                    POST  head
stars.decline                    POST  head
stars.index                      GET   head
stars.mine                       GET   signed-in
stars.notice                     GET   everyone
volunteer_rules.index            GET   head district_officer
volunteer_rules.show             GET   head district_officer
volunteer_rules.update           POST  head district_officer
time_bank.cancel                 POST  signed-in
time_bank.claim                  POST  signed-in
time_bank.confirm                POST  signed-in
time_bank.decline                POST  signed-in
time_bank.gift                   POST  signed-in
time_bank.grant                  POST  clerk head
time_bank.hand_out               POST  clerk head
time_bank.index                  GET   clerk head
time_bank.join                   POST  signed-in
time_bank.lay_out                POST  clerk head
time_bank.leave                  POST  signed-in
time_bank.mine                   GET   signed-in
time_bank.reserve                POST  signed-in
time_bank.restock                POST  clerk head
time_bank.take_back              POST  clerk head
time_bank.withdraw               POST  signed-in
volunteering.all_records         GET   clerk head manager worker supervisor
volunteering.approve             POST  head manager supervisor
volunteering.approve_all         POST  head manager supervisor
volunteering.ask                 POST  signed-in
volunteering.export              GET   head manager supervisor
volunteering.grant               POST  head manager supervisor
volunteering.index               GET   clerk head manager worker supervisor
volunteering.mine                GET   signed-in
volunteering.propose             POST  clerk head manager worker supervisor
volunteering.propose_all         POST  clerk head manager worker supervisor
volunteering.refuse              POST  head manager supervisor
volunteering.reject              POST  head manager supervisor
volunteering.void                POST  head manager supervisor
"""

# Words for parts that often go together below.
GROUPS: dict[str, tuple[str, ...]] = {
    "offices": ("street_officer", "finance", "district_officer"),
    "committee": ("clerk", "head", "two_hats"), "service": ("manager", "worker", "supervisor"),
}  # fmt: skip

# Who of those that pass the door finds the thing of the cast's community (tests/town.py); all others get 404. Every
# endpoint with an id has its line. two_coats is a worker of the cast's organization and a clerk of the neighboring
# community; two_hats is a clerk here and an auditor there.
OBJECTS = """
accounts.confirm                 POST  committee
accounts.decline                 POST  committee
accounts.end                     POST  head street_officer administrator
accounts.grant                   POST  head street_officer administrator
accounts.leave                   POST  head street_officer administrator
accounts.show                    GET   head street_officer auditor administrator
accounts.slip                    POST  committee street_officer administrator
accounts.transfer                POST  head street_officer administrator
activities.call_off              POST  committee service two_coats
activities.call_off_rest         POST  committee service two_coats
activities.change                POST  committee service two_coats
activities.check_in              POST  everyone
activities.check_in_page         GET   everyone
activities.check_out             POST  resident
activities.edit                  GET   committee service two_coats
activities.feed                  GET   everyone
activities.give_back             POST  resident
activities.insure                POST  committee service two_coats
activities.poster                GET   committee service two_coats
activities.prepare               POST  committee service two_coats
activities.show                  GET   everyone
activities.sign_up               POST  everyone
activities.tell_when_left        POST  resident
activities.turning               GET   committee service two_coats
activities.turning_code          GET   committee service two_coats
answer_templates.edit            GET   committee
answer_templates.retire          POST  committee
answer_templates.update          POST  committee
attachments.document             GET   committee street_officer finance district_officer expert auditor
attachments.file                 GET   resident committee street_officer district_officer auditor
attachments.show                 GET   resident
attendance.admit                 POST  committee service two_coats
attendance.book                  GET   committee service two_coats auditor
attendance.come_after_all        POST  committee service two_coats
attendance.check_in              POST  committee service two_coats
attendance.check_out             POST  committee service two_coats
attendance.confirm               POST  resident
attendance.correct               POST  committee service two_coats
attendance.dismiss               POST  committee
attendance.dispute               POST  resident
attendance.find                  GET   committee service two_coats
attendance.mark_absent           POST  committee service two_coats
attendance.match                 POST  committee service two_coats
attendance.note_guardian         POST  committee service two_coats
attendance.of_activity           GET   committee service two_coats auditor
attendance.of_log                GET   committee service two_coats
attendance.take_activity         POST  committee service two_coats
attendance.take_log              POST  committee service two_coats
attendance.uphold                POST  committee
board_needs.show                 GET   everyone
care.show                        GET   committee grid_worker service two_coats
certificates.decline             POST  committee
certificates.paper               GET   resident committee
certificates.revoke              POST  committee
certificates.sheet               GET   resident committee
certificates.show                GET   everyone
desk.accept                      POST  committee
desk.answer                      POST  committee
desk.ask                         POST  committee
desk.confirm                     POST  committee
desk.explain_delay               POST  committee
desk.extend                      POST  committee
desk.form_of                     GET   committee
desk.hand_over                   POST  committee
desk.hear                        POST  head
desk.inform                      POST  committee
desk.merge                       POST  committee
desk.note_call                   POST  committee
desk.promise                     POST  committee
desk.publish_title               POST  committee
desk.receipt                     GET   committee grid_worker street_officer district_officer auditor
desk.redirect_need               POST  committee
desk.reject                      POST  committee
desk.reopen                      POST  committee
desk.resolve                     POST  committee
desk.reveal                      POST  committee grid_worker
desk.show                        GET   committee grid_worker street_officer district_officer auditor
desk.show_beside                 GET   committee grid_worker street_officer district_officer auditor
desk.split_out                   POST  committee
desk.withdraw                    POST  committee
directory.edit                   GET   committee
directory.retire                 POST  committee
directory.retire_answer          POST  committee
directory.update                 POST  committee
disclosure.activity_poster       GET   everyone
disclosure.poster                GET   everyone
disclosure.project               GET   everyone
disclosure.sheet                 GET   everyone
dossiers.archive                 GET   committee street_officer manager supervisor evaluator
dossiers.draw                    POST  evaluator
dossiers.paper                   GET   committee street_officer manager supervisor evaluator
dossiers.sample                  GET   committee street_officer evaluator
dossiers.show                    GET   committee street_officer manager supervisor evaluator
evaluation.create_base           POST  evaluator
evaluation.new_base              GET   evaluator
evaluation.publish_scheme        POST  district_officer
evaluation.satisfaction          GET   everyone
evaluation.scheme                GET   district_officer
evaluation.show                  GET   everyone
evaluation.update_scheme         POST  district_officer
front_desk.show                  GET   committee grid_worker
hour_lists.drop_layout           POST  committee street_officer
hour_lists.handed_over           GET   committee street_officer
hour_lists.lay_out               POST  committee street_officer
hour_lists.layout                GET   committee street_officer
hour_lists.undo                  POST  committee
invitations.revoke               POST  head street_officer administrator
ledgers.outside                  GET   committee
ledgers.progress                 GET   committee
ledgers.put_away                 POST  committee
ledgers.read_by_hand             POST  committee
ledgers.show                     GET   committee
ledgers.start                    POST  committee
ledgers.undo                     POST  committee
my_data.notice_of                GET   everyone
need_groups.dismiss              POST  committee
need_groups.merge                POST  committee
need_groups.move_in              POST  committee
need_groups.move_out             POST  committee
need_groups.show                 GET   committee
need_groups.take                 POST  committee
need_imports.discard             POST  committee
need_imports.progress            GET   committee
need_imports.show                GET   committee
need_imports.start               POST  committee
need_imports.undo                POST  committee
needs.act                        POST  resident
needs.ask_withdrawal             GET   resident
needs.at                         GET   everyone
needs.edit                       GET   resident
needs.follow                     POST  resident
needs.receipt                    GET   resident
needs.show                       GET   resident
needs.support                    POST  resident committee grid_worker
needs.unfollow                   POST  resident
needs.update                     POST  resident
needs.withdraw_support           POST  resident committee grid_worker
notices.acknowledge              POST  everyone
notices.edit                     GET   committee street_officer district_officer
notices.end                      POST  committee street_officer district_officer
notices.paper                    GET   everyone
notices.poster                   GET   everyone
notices.preview                  GET   committee street_officer district_officer
notices.publish                  POST  head street_officer district_officer
notices.sheet                    GET   everyone
notices.show                     GET   everyone
notices.update                   POST  committee street_officer district_officer
organizations.change             POST  street_officer district_officer manager administrator
organizations.edit               GET   street_officer district_officer manager administrator
packages.add                     POST  committee
packages.approve                 POST  head street_officer
packages.attach                  POST  committee
packages.dissolve                POST  committee
packages.edit                    GET   committee
packages.give_back               POST  head street_officer
packages.judge_unfeasible        POST  head street_officer
packages.remove                  POST  committee
packages.revise                  POST  committee
packages.show                    GET   committee street_officer finance district_officer expert auditor
packages.submit                  POST  committee
people.change                    POST  committee
people.confirm                   POST  committee grid_worker
people.contact                   POST  committee
people.edit                      GET   committee
people.end_tag                   POST  committee
people.give_mandate              POST  committee
people.live_alone                POST  committee
people.live_with                 POST  committee
people.merge                     POST  committee
people.move                      POST  committee
people.reveal                    POST  committee grid_worker
people.revoke                    POST  resident committee
people.show                      GET   committee grid_worker
people.tag                       POST  committee
places.change                    POST  head street_officer district_officer administrator
places.create                    POST  head street_officer district_officer administrator
places.edit                      GET   head street_officer district_officer administrator
places.new                       GET   head street_officer district_officer administrator
places.show                      GET   head street_officer district_officer administrator
pre_reports.announce             POST  service two_coats
pre_reports.decide               POST  committee
pre_reports.reply                POST  service two_coats
pre_reports.show                 GET   committee service two_coats
pre_reports.withdraw             POST  service two_coats
print_kit.people_sheet           GET   committee service two_coats
print_kit.rating_poster          GET   committee service two_coats
print_kit.sign_in_sheet          GET   committee service two_coats
print_kit.wall_poster            GET   committee service two_coats
project_imports.enter            POST  committee street_officer
project_imports.show             GET   committee street_officer
projects.add_goal                POST  head manager supervisor
projects.assign                  POST  street_officer
projects.choose                  GET   committee
projects.close                   POST  street_officer
projects.join                    POST  head manager supervisor
projects.keep                    POST  head manager supervisor
projects.leave                   POST  head manager supervisor
projects.link                    POST  committee
projects.postpone                POST  head manager supervisor
projects.resume                  POST  street_officer
projects.settle                  POST  head manager supervisor
projects.show                    GET   committee street_officer finance district_officer service supporter evaluator expert auditor two_coats
projects.suggest                 GET   committee
projects.suspend                 POST  street_officer
projects.tell_date               POST  head manager supervisor
projects.terminate               POST  street_officer
ratings.contact                  GET   committee
ratings.create                   POST  everyone
ratings.create_at_poster         POST  everyone
ratings.create_call              POST  committee
ratings.create_decision          POST  committee
ratings.create_doubt             POST  head
ratings.create_paper             POST  committee
ratings.create_settlement        POST  committee
ratings.create_slips             POST  committee
ratings.create_strips            POST  committee
ratings.create_ties              POST  committee
ratings.create_witness           POST  committee
ratings.create_word              POST  committee
ratings.dismiss_presence         POST  committee
ratings.new                      GET   everyone
ratings.new_at_poster            GET   everyone
ratings.new_paper                GET   committee
ratings.poster                   GET   committee
ratings.print_slips              GET   committee
ratings.print_strips             GET   committee
ratings.reveal                   POST  committee
ratings.reveal_presence          POST  committee
ratings.say_presence             POST  everyone
ratings.service                  GET   committee
ratings.sheet                    GET   committee
ratings.singles_index            GET   head auditor
ratings.uphold_presence          POST  committee
report_templates.filled          GET   committee street_officer district_officer auditor
report_templates.original        GET   committee street_officer district_officer auditor
report_templates.remove          POST  committee street_officer
reports.receive                  POST  street_officer
reports.send_back                POST  head
reports.send_back_from_street    POST  street_officer
reports.sheet_of                 GET   committee street_officer district_officer auditor
reports.show                     GET   committee street_officer district_officer auditor
reports.sign                     POST  head
reports.submit                   POST  committee
reports.workbook_as_handed_in    GET   committee street_officer district_officer auditor
service_lists.drop               POST  service two_coats
service_lists.record             POST  service two_coats
service_lists.sheet              GET   committee service two_coats
service_lists.show               GET   service two_coats
service_lists.tick               POST  service two_coats
service_log.approve              POST  committee manager supervisor
service_log.correct              POST  committee service two_coats
service_log.cover                POST  committee manager worker supervisor
service_log.create               POST  committee service two_coats
service_log.create_call          POST  committee manager supervisor
service_log.create_round         POST  committee service two_coats
service_log.edit                 GET   worker
service_log.give_photos_up       POST  worker
service_log.identify             POST  committee service two_coats
service_log.new                  GET   committee service two_coats
service_log.new_cover            GET   committee manager worker supervisor
service_log.new_round            GET   committee service two_coats
service_log.of_project           GET   committee street_officer district_officer service evaluator auditor two_coats
service_log.read_internal        POST  auditor
service_log.read_original        POST  auditor
service_log.reveal_callees       POST  nobody
service_log.send_back            POST  committee manager supervisor
service_log.show                 GET   committee street_officer district_officer service evaluator auditor two_coats
service_log.submit               POST  worker
service_log.uncover              POST  committee
service_log.update               POST  worker
service_log.void                 POST  committee manager supervisor
talk.part                        GET   committee grid_worker
talk.read                        POST  committee grid_worker
talk.say                         POST  committee grid_worker
set_up.begin_trial               POST  head street_officer
set_up.end_trial                 POST  street_officer
set_up.extend_trial              POST  street_officer
set_up.hours                     GET   head street_officer
set_up.keep_hours                POST  head street_officer
set_up.lay_out                   POST  head street_officer
set_up.layout                    GET   head street_officer
set_up.posters                   GET   head street_officer
set_up.print_posters             POST  head street_officer
set_up.put_aside                 POST  head street_officer
set_up.show                      GET   head street_officer
set_up.take_up                   POST  head street_officer
talk.show                        GET   committee grid_worker
talk.take_back                   POST  committee grid_worker
tellings.reveal                  POST  committee
tellings.tick                    POST  committee
unmasked_files.approve           POST  head street_officer
unmasked_files.refuse            POST  head street_officer
unmasked_files.show              GET   committee street_officer auditor
unmasked_files.take              POST  committee
unmasked_files.withdraw          POST  committee
volunteer_profiles.enter         POST  committee
volunteer_profiles.of_person     GET   committee
volunteer_profiles.reveal        POST  committee service two_coats
volunteer_profiles.withdraw_for  POST  committee
stars.approve                    POST  head
stars.decline                    POST  head
time_bank.cancel                 POST  resident committee
time_bank.confirm                POST  resident
time_bank.decline                POST  resident
time_bank.hand_out               POST  committee
time_bank.restock                POST  committee
time_bank.take_back              POST  committee
time_bank.withdraw               POST  resident
volunteer_rules.show             GET   head district_officer
volunteer_rules.update           POST  head district_officer
volunteering.approve             POST  head manager supervisor
volunteering.ask                 POST  resident
volunteering.grant               POST  head manager supervisor
volunteering.propose             POST  committee service two_coats
volunteering.refuse              POST  head manager supervisor
volunteering.reject              POST  head manager supervisor
volunteering.void                POST  head manager supervisor
"""
