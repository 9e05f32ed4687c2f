# ruff: noqa: E501
"""What each row of the life of a case demands, writes, orders and starts: one line a row, read by `table`."""

# Columns: event and letter | phases | guards | entries | effects | clocks | then. Signs in the text:
# `fn:x` the actor acts in function x, `unit` at the unit that holds the file, `party` the submitter, owner or proxy,
# `4e` two pairs of eyes, a star for each live one; clocks: `+` starts, `-` stops, `=` suspends, `~` resumes or is
# recounted; then: `handling` is the derived phase, `same` no change.
TEXT = """
submit a | NW | party; form and documents pass the door's check; channel offered | submitted, task_opened (intake), fee_asked (of collect intake) | Notification.send (submission_received), Connector.call (bill) | +intake +fee | submitted
send_supplement a | GD | party (or one_stop recording papers brought in) | supplement_received, task_opened (intake) | – | -window +intake (anew) | submitted
send_supplement b | SU | the same; several deliveries may come before the check | supplement_received, task_opened (check, once) | – | -window +check (the first only) | supplementing
withdraw a | I | party | withdrawn, task_cancelled* | Cancel*, Notification.send (withdrawn) | -all +settle | withdrawn
withdraw b | AC PR SU FE CO | party; undecided; no signature in flight; 4e one_stop if withdrawal.effect is confirmed | withdrawn, task_cancelled*, branch_cancelled* | Cancel*, Connector.ask (recall of consultations), Document.render (stop_notice), Notification.send | -all +settle | withdrawn
withdraw c | SI | party; undecided. No signature in flight: as in consulting (refused if withdrawal.until is signature). In flight: the signer's answer decides | withdrawn ... or withdrawal_deferred | as above or none | as above or none | withdrawn or signing
rate a | R T | party, never an officer; once; offered | rated | – | – | same
amend a | SB | party or one_stop; reason when one_stop | amended | – | – | submitted
amend b | H RE | party or fn:one_stop; only facts marked amendable or of delivery; reason | amended | – | – | same
accept a | SB | fn:one_stop; unit; every demanded paper has a verdict ok, substituted or waived; one variant holds; intake fee settled if demanded before | acceptance_begun | Intake.register | -intake | accepting
refuse a | SB | fn:one_stop; unit; reason; where if the reason is wrong_agency; if it is incomplete a guidance round must have been answered or have expired | refused, task_cancelled* | Document.render (intake_refusal), Notification.send | -all +settle | refused
refuse b | GD | the same; window expired | refused | the same | -all +settle | refused
ask_supplement a | SB | fn:one_stop; unit; items typed (missing, incorrect, outdated) with ground; rounds left at intake | supplement_asked, task_cancelled (intake) | Document.render (supplement_request), Notification.send | when sent: -intake +window | guided
ask_supplement b | AC PR FE CO SI | fn of the asking task or of the desk; stage allowed; items; ground; undecided in its branch; no signature in flight; rounds left; ask-by not passed (else by late_ask: 4e and effect none, or refused) | supplement_asked, token_held (or the desk task ends) | the same | when sent: =legal =step +window -ask_by; legal untouched when late, asked late or effect none | supplementing
complete_supplement a | SU | fn:one_stop or of the asking task; an answer has arrived | supplement_completed (old and new due), task_opened (asking step, next visit; or desk, by resume) | Notification.send (new due) | -check ~legal from the arrival of the completing delivery ~step | handling
reject_supplement a | SU | fn as above; an answer has arrived; reason. Rounds left: new items, a new round | supplement_found_incomplete, supplement_asked | Document.render (supplement_request), Notification.send | -check; when sent +window; legal stays suspended | supplementing
cancel_supplement a | GD | fn:one_stop; reason | supplement_cancelled, task_opened (intake) | Notification.send | -window ~intake as never stopped | submitted
cancel_supplement b | SU | fn of the asking task; reason; one of: asked in error (interval void), no rounds left or window expired (interval kept; go on with what is there) | supplement_cancelled, task_opened (asking step, next visit) | Notification.send (new due) | -window -check ~legal ~step | handling
hand_over a | SB | fn:one_stop; unit holds the file; not already offered (another one-stop, or the dispatch queue) | handed_over (offered) | Notification.send (unit) | +confirm; intake runs on | submitted
hand_over b | H | fn; unit holds the file or the issued result; not already offered | handed_over (file or result, offered) | Notification.send (unit) | -transfer +confirm | handling
hand_over c | RE | fn:one_stop; result papers to another point of collection | handed_over (result, offered) | – | +confirm | resolved
confirm_handover a | I | unit is the receiver; offered | handover_confirmed | – | -confirm | same
confirm_handover b | H | unit is the receiver; offered | handover_confirmed (of the last result: resolved) | – | -confirm +step (-legal +collect) | handling or resolved
confirm_handover c | RE | fn:one_stop; offered | handover_confirmed | – | -confirm | resolved
reject_handover a | I | unit is the receiver; offered; reason | handover_rejected | Notification.send (sender) | -confirm | same
reject_handover b | H | unit is the receiver; offered; reason | handover_rejected, task_opened (sender) | Notification.send (sender) | -confirm +transfer | handling
reject_handover c | RE | fn:one_stop; offered; reason | handover_rejected | Notification.send (sender) | -confirm | resolved
recall a | H | unit is the sender; reason; not confirmed, or 4e with the receiver and no task completed since | recalled, task_cancelled, task_opened (sender, next visit) | Cancel*, Notification.send (receiver) | -confirm -step +step | handling
recall b | I | unit is the sender; reason; not confirmed | recalled | Notification.send (receiver) | -confirm | same
recall c | RE | result hand-over not confirmed; reason | recalled | – | -confirm | resolved
complete_task a | H | fn and unit of the task; live; not held; hand-over confirmed; outcome declared; its form valid; separation; a deciding or ending outcome needs no open supplement round | task_completed, then what the route gives (target desk: token_held, task_opened (desk)) | of the steps reached | -step, then of the steps reached | handling or resolved
complete_task b | R T | the same, for a token of a correction round (delivered) or a side task (refund, papers to give back) | task_completed ... | of the steps reached | -step ... | same
send_back a | H | fn and unit of the task; live; target is declared, an earlier step of this pass on the same track, or desk; undecided in its branch; nothing irrevocable in between; no signature in flight; reason | returned, task_cancelled*, branch_cancelled*, task_opened (target, next visit; or desk: token_held) | Cancel* | -step +step (desk: +transfer); legal untouched | handling
forward a | H | fn:intake.by; unit of the desk; a desk task is open; what changed, or why it goes on | forwarded, handed_over, task_opened (asking step, next visit) | Notification.send (unit) | -transfer +confirm, or +step | handling
replace_opinion a | H | fn and unit that gave it; reason; the old stays | opinion_replaced | Notification.send (lead) | – | handling
replace_opinion b | R | the same; flagged after_decision | opinion_replaced | Notification.send (lead) | – | same
join_on_ground a | H | fn:lead of the parallel; join is on_ground; 4e; ground and document for every branch that has not answered | joined_on_ground, branch_cancelled* | Cancel*, Connector.ask (no longer needed) | -reply* | handling
extend a | AC PR FE CO SI | fn of the responsible task; 4e fn:extension.approved_by; ground; extensions left; not late; legal running; notice days left at approval | extended (old and new due, apology) | Document.render (apology_extension), Document.sign, Notification.send | ~legal | handling
apologise a | H | fn:leader; reason; a promised date, which is no due date | apologised | Document.render (apology_extension), Document.sign, Notification.send | – | handling
apologise b | I | fn:one_stop; intake overdue | apologised | Notification.send | – | same
switch_limit a | AC PR FE CO SI | fn of verification.offered_to; 4e fn:verification.approved_by; the procedure has such a limit; ground; not late; legal running; before due | limit_switched (old and new due) | Notification.send (verification.notice) | ~legal | handling
recompute a | I H | fn:designer; 4e; new calendar by value, its decision as ground | recomputed (each clock, old and new due) | UsePin, Notification.send if the due moved | ~all; late stays | same
ask_fee a | SB RE | fn:one_stop or fn:finance; fee of the procedure or ground; none asked yet | fee_asked | Connector.call (bill), Notification.send | +fee | same
ask_fee b | H | the same | fee_asked | the same | +fee; =legal if fee_wait.clock is pauses (never when late) | handling
waive_fee a | I H RE | fn:finance; fee asked; ground | fee_waived | Connector.call (cancel bill) | -fee ~legal | same
record_payment a | I H RE | fn:finance or fn:one_stop; fee asked; receipt reference | paid | – | -fee ~legal | same
stop a | H | fn of the task or of the desk; 4e fn:stop.approved_by; reason; ground; money settlement; undecided; no signature in flight | stopped, task_cancelled*, branch_cancelled* | Cancel*, Document.render (stop_notice), Document.sign, Notification.send | -all +settle | stopped
reopen a | RE | fn of the resolving unit or fn:one_stop; 4e fn:leader; reason; nothing delivered or in transit | reopened, result_superseded*, task_opened (target, next visit) | Cancel*, Document.revoke | -collect ~legal (runs on, gap counted) | handling
correct_result a | DE | fn of the resolving unit; 4e fn:leader; reason; the result named | correction_opened, task_opened (deciding step, next visit) | – | -settle +step | delivered
deliver a | RE | fn:one_stop; recipient checked; fee settled; evidence; result hand-over confirmed; all results that go to people, or the named part of them | delivered (each result) | Notification.send | -collect +settle when all are out | delivered or resolved
deliver b | DE | the same, for a replacing result or one not yet out | delivered | Notification.send | +settle | delivered
deliver c | H | fn of the step; a token stands at a deliver step (else not-finished); its results are issued; recipient checked; fee settled; evidence | delivered (each result of the step) | Notification.send, of the steps reached | -step | handling or resolved
archive a | DE T | fn:clerk or system; no live token, no effect in flight, no incident, no proposal | archived (retain until) | Archive.pack | -all | closed
archive b | RE | the same; 4e; ground uncollected; collect has expired | archived | Archive.pack | -all | closed
approve a | OPEN | proposal pending; approver differs from proposer and holds the function; the proposed command passes its own row at this instant | approved, then those of the command | of the command | of the command | of the command
deny a | OPEN | proposal pending; not the proposer (who takes it back with the same verb, kind taken_back) | denied | Notification.send (proposer) | – | same
change_variant a | SB | fn:one_stop; papers and facts fit | variant_changed | – | – | submitted
change_variant b | H-SU | fn:one_stop or of the task; 4e; reason; undecided; no signature in flight | variant_changed, task_cancelled*, task_opened* | Cancel*, Document.render (receipt, reissued), Notification.send | ~legal counted from the original start (once late: untouched) | handling
migrate a | H | fn:designer; 4e; pin by value; mapping covers every live token and fact; undecided; quiescent; ground | migrated (old and new pin), task_cancelled*, task_opened* | UsePin, Cancel* | legal kept unless the ground names a transitional rule, then ~legal | handling
retarget a | I H RE | fn:designer or fn:leader; 4e or approved batch; from-unit holds something; ground (the decision that re-organises) | retargeted, handed_over* | Route.resolve, Notification.send (units) | +confirm; legal and step untouched | same
reset_route a | H-SU | fn:leader; 4e; reason; undecided; no signature in flight | route_reset, task_cancelled*, branch_cancelled*, task_opened (target, next visit) | Cancel* | -step* +step; legal untouched | handling
resolve_incident a | OPEN | fn:operator (retry), fn of the step (skip, correct); skip only where the effect allows; correct needs 4e and evidence | incident_resolved, then what the answer gives | the same effect and key (retry) | – | of the answer
correct_entry a | OPEN | fn of the author's unit; 4e; names an earlier seq; reason; no instant, due or finish can be corrected | corrected | – | – | same
link a | OPEN | party or any officer with access; other case or alias | linked | – | – | same
payment_confirmed a | I AG H RE | payment asked; amount and reference agree (else incident payment-mismatch) | paid | – | -fee ~legal | same
payment_reversed a | I AG H RE | was paid | payment_reversed, task_opened (finance) | Notification.send (finance) | – | same
opinion_received a | H | correlates with a waiting token (else held) | opinion_given | of the steps reached | -reply | handling
signature_answered a | H | correlates by key with a signature asked. Same digest again: ignored. Other digest: incident signature-conflict | signed or signature_refused (then withdrawal_denied or withdrawn if one was deferred) | Document.number, Document.issue or of the outcome | -answer | handling or resolved or withdrawn
signature_answered b | DE | the same, for the replacing result | signed or signature_refused | Document.number, Document.issue or of the outcome | -answer | delivered
message_received a | H | a wait token takes it by name and key (else held for a later one) | message_taken | of the steps reached | -wait | handling
message_received b | DE | the same, in a correction round | message_taken | of the steps reached | -wait | delivered
subcase_ended a | H | correlates (else held) | subcase_ended | of the steps reached | -wait | handling
delivery_reported a | RE | correlates with a dispatch; delivered or returned | delivered or delivery_returned | Notification.send | -collect +settle or +collect | delivered or resolved
delivery_reported b | DE | the same, for a replacing result | delivered (result_replaced) or delivery_returned | Notification.send | +settle | delivered
delivery_reported c | H | correlates with a dispatch of a deliver step | delivered or delivery_returned | of the steps reached | -step | handling or resolved
alias_given a | OPEN | not another case's | alias_added (ignored if known) | – | – | same
status_reported a | H | the waiting step's status_owner is the sender, and the code is a permitted move (else held) | message_taken | of the steps reached | -wait | handling
effect_done a | AG | _accept: code, receipt, pin, routes. Other nodes: as in b | accepted (code, receipt, due), limit_set, handed_over, task_opened* | UsePin, Document.render (receipt), Notification.send, of the first steps | +legal +ask_by +transfer (or +confirm), all from the accepting instant (legal with counted_from received: from the arrival) | accepted
effect_done b | I H R T | in flight: as the node says. Cancelled but irrevocable (signed, paid, numbered): incident late-result. Otherwise absorbed | of the node (called, issued, numbered, notified, supplement_sent ...) | of the steps reached | of the node | of the node
effect_failed a | AG | _accept: business failure (the pin in force does not fit, no code series) returns the dossier; a technical one is an incident and AG stays. Other nodes: as in b | acceptance_returned, task_opened (intake) or incident_opened | Notification.send (officer or operator) | ~intake as never stopped or none | submitted or accepting
effect_failed b | I H R T | in flight; a declared business failure follows its outcome instead | incident_opened | Notification.send (operator) | clocks run on | same
effect_cancelled a | OPEN | the driver's word that it ended an effect | – | – | – | same
recorded a | NW OPEN CL | the number is not above seq | – | – | – | same
resumed a | NW OPEN CL | – | – | what is in flight, under the same ids and keys | – | same
clock_intake a | I | a mark is due | warned, overdue, escalated | Notification.send (officer, head) | intake runs on | same
clock_check a | SU | a mark is due | warned, overdue, escalated | Notification.send (officer, head) | check runs on | same
clock_window a | GD | a mark is due | reminded, window_expired, then what on_expiry says: task_opened (ask_officer, continue) or refused (stop, refuse) | Notification.send (applicant), Document.render (intake_refusal) | -window, on the end -all +settle | same or refused
clock_window b | SU | a mark is due | reminded, window_expired, then what on_expiry says: task_opened (ask_officer; continue: the asking step) or stopped, or the sequence refuse | Notification.send (applicant), of the steps reached, Document.render (stop_notice) | -window, on the end -all +settle | same, stopped or handling
clock_transfer a | H | a mark is due | overdue, escalated | Notification.send (head) | transfer runs on | same
clock_confirm a | I H RE | a mark is due | overdue | Notification.send (sender, who stays responsible) | confirm runs on | same
clock_ask_by a | H-SU | a mark is due | warned, ask_by_passed | Notification.send (handler) | -ask_by | same
clock_legal a | H | a mark is due | warned, apology_drafted, task_opened (extension), extension_closed, overdue, escalated | Notification.send (handler, head, signer, applicant), Document.render (apology_extension) | legal runs on; late for ever | same
clock_step a | H DE | a mark is due | warned, overdue, escalated | Notification.send (by the moments of escalate) | step runs on | same
clock_reply a | H | a mark is due | reminded, overdue, urged | Notification.send (asked agency) | reply runs on; never consents | same
clock_fee a | I | a mark is due | reminded, fee_expired, then what on_expiry says: task_opened or refused | Notification.send (payer) | -fee, on the end -all +settle | same or refused
clock_fee b | H | a mark is due | reminded, fee_expired, then what the step or on_expiry says | Notification.send (payer), of the steps reached | -fee, on the end -all +settle | same, stopped or handling
clock_fee c | RE | a mark is due | reminded, fee_expired, task_opened | Notification.send (payer) | -fee | same
clock_wait a | H DE | a mark is due | overdue, then the declared outcome | of the steps reached | -wait | handling
clock_answer a | OPEN | a mark is due | incident_opened (unanswered) | Notification.send (operator) | -answer | same
clock_collect a | RE | a mark is due | reminded, uncollected | Notification.send (recipient) | collect runs on | same
clock_settle a | DE T | a mark is due | archived if the guards of archive hold, else none | Archive.pack | -settle or settle anew | closed or same
clock_quiet a | OPEN | a mark is due | found_quiet | Notification.send (head) | quiet anew | same
"""
