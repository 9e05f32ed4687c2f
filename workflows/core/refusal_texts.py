"""What is said when a command is refused, in Vietnamese and English: read by `refusals`."""

# A block each: code and HTTP status, then the Vietnamese and the English sentence; what stands in brackets falls away
# where its facts are not known. Officers read most of them; where a citizen may, it says "ông/bà" and what can be done.
TEXTS = """
not-started 404
Không tìm thấy hồ sơ này. Hãy kiểm tra lại mã hồ sơ.
No such case has begun. Check the case code.

not-accepted-yet 409
Hồ sơ chưa được tiếp nhận. Việc này làm được sau khi tiếp nhận.
The dossier has not been accepted yet; this can be done after acceptance.

acceptance-in-progress 409
Hồ sơ đang được tiếp nhận. Xin thử lại sau giây lát.
The dossier is being accepted; ask again in a moment.

already-accepted 409
Hồ sơ đã được tiếp nhận[ với mã {code}]. Việc này chỉ làm được trước khi tiếp nhận.
The dossier is already accepted[ under code {code}]; this belongs to intake.

decision-exists 409
Kết quả đã được quyết định[ ngày {date}]. Việc này không còn làm được nữa.
A result has been decided[ on {date}]; this is no longer possible.

case-ended 409
Hồ sơ đã kết thúc[ ngày {date}][ ({phase})]. Ông/bà có thể nộp hồ sơ mới và liên kết với hồ sơ này.
The case has ended[ on {date}][ ({phase})]; a new dossier may be filed and linked to it.

case-closed 409
Hồ sơ đã lưu trữ. Hãy nộp hồ sơ mới và liên kết với hồ sơ này.
The case is archived; file a new one and link it.

already-submitted 409
Hồ sơ này đã được nộp. Không cần nộp lại.
This dossier has been submitted already.

no-supplement-open 409
Không có yêu cầu bổ sung nào đang chờ trả lời.
Nothing has been asked for that is still outstanding.

supplement-outstanding 409
Đang chờ bổ sung giấy tờ. Trước hết hãy xác nhận đã đủ, yêu cầu lại hoặc hủy yêu cầu bổ sung.
A supplement is outstanding; complete, reject or cancel it first.

use-supplement 409
Đang có yêu cầu bổ sung. Hãy gửi giấy tờ theo yêu cầu đó.
A request for supplement is open; answer that.

use-accept 409
Khi hồ sơ chưa tiếp nhận mà giấy tờ đã đủ, hãy tiếp nhận hồ sơ.
At intake a complete answer is followed by acceptance.

use-refusal 409
Hồ sơ chưa được tiếp nhận. Hãy từ chối tiếp nhận hoặc gửi yêu cầu bổ sung mới.
Before acceptance the verb is refuse (or a new request).

use-negative-result 409
Hồ sơ đã được tiếp nhận nên trả lời không đồng ý là một kết quả. Hãy thực hiện ở bước quyết định.
After acceptance a negative answer is a result: let the deciding step say no.

use-reopen 409
Kết quả chưa trả cho người nộp hồ sơ. Hãy mở lại hồ sơ.
The result is not delivered yet: reopen the case.

use-correct-result 409
Kết quả đã đến tay người nộp hồ sơ. Hãy đính chính bằng kết quả thay thế.
The result is with the applicant: correct it by a replacing result.

no-such-task 404
Không có việc này. Hãy tải lại danh sách việc.
There is no such task. Load the inbox again.

task-closed 409
Việc này không còn mở[: {actor} đã hoàn thành][ ngày {date}]. Hãy tải lại danh sách việc.
This task is no longer open[: {actor} completed it][ on {date}]. Load the inbox again.

no-such-handover 404
Không có lần bàn giao nào như vậy đang chờ.
There is no such hand-over to act on.

not-finished 409
Hồ sơ chưa có kết quả.
The case has no result yet.

clock-suspended 409
Thời hạn giải quyết đang tạm dừng. Hãy chờ giấy tờ bổ sung hoặc khoản phí còn thiếu.
The legal limit is suspended; wait for the supplement or the fee.

clock-stopped 409
Các thời hạn của hồ sơ này đã kết thúc.
The limits of this case have ended.

no-fee-asked 409
Không có khoản phí, lệ phí nào đang chờ nộp.
No fee is outstanding.

not-pinned 409
Phiên bản thủ tục được chọn khi tiếp nhận. Hồ sơ này chưa có gì để chuyển sang phiên bản khác.
A version is chosen at acceptance; there is nothing to migrate.

nothing-to-retarget 409
Đơn vị này không giữ việc nào của hồ sơ.
That unit holds nothing of this case.

wrong-function 403
Việc này cần người làm chức năng {function}.
This needs the function {function}.

wrong-unit 403
Hồ sơ đang ở {unit}. Hãy làm việc này tại đó hoặc nhận bàn giao trước.
The file is at {unit}; act there or take it over first.

not-a-party 403
Chỉ người nộp hồ sơ, chủ hồ sơ hoặc người được ủy quyền mới làm được việc này.
Only the submitter, the owner or their proxy may do this.

same-person 409
Việc này phải do người khác làm[, vì {actor} đã làm bước {step}].
Another person must do this[: {actor} did {step}].

reason-required 422
Hãy chọn lý do trong danh sách và ghi rõ nội dung.
Give a reason from the list and its text.

ground-required 422
Hãy ghi căn cứ pháp lý và văn bản kèm theo.
Name the legal ground and the document.

where-required 422
Hãy ghi cơ quan có thẩm quyền để người nộp biết nơi cần đến.
Say which agency is competent.

unchecked-papers 409
Các giấy tờ sau chưa được kiểm tra: {papers}. Hãy đánh giá từng giấy tờ trước.
These papers have no verdict yet: {papers}.

no-variant 409
Chưa xác định được đúng một trường hợp của thủ tục. Hãy chọn một trường hợp.
No single variant of the procedure fits; choose one.

guidance-first 409
Hồ sơ chưa đủ chỉ bị từ chối sau khi đã hướng dẫn đầy đủ bằng văn bản. Hãy gửi yêu cầu bổ sung trước.
An incomplete dossier may be refused only after complete written guidance.

no-round-left 409
Số lần yêu cầu bổ sung được phép đã hết. Hãy giải quyết trên giấy tờ đang có.
The permitted number of supplement rounds is used up.

ask-by-passed 409
Hạn yêu cầu bổ sung đã hết[ ngày {date}]. Chỉ được yêu cầu khi có người duyệt và thời hạn giải quyết vẫn tính.
The time for asking ended[ on {date}]; only with approval, and it will not suspend the limit.

not-answered 409
Người nộp hồ sơ chưa gửi giấy tờ bổ sung. Hãy chờ hoặc hủy yêu cầu.
The applicant has not answered yet.

window-running 409
Người nộp hồ sơ còn thời gian bổ sung[ đến ngày {date}].
The applicant still has time[, until {date}].

signature-in-flight 409
Chữ ký đã được yêu cầu nhưng chưa có trả lời. Xin thử lại sau giây lát.
A signature has been asked for and not answered; ask again.

task-held 409
Việc này đang chờ bổ sung giấy tờ hoặc chờ bộ phận một cửa.
The task waits for the supplement or the desk.

handover-unconfirmed 409
Đơn vị nhận chưa xác nhận bàn giao. Hãy xác nhận trước khi làm việc này.
The receiving unit has not confirmed the hand-over.

already-offered 409
Hồ sơ đã được chuyển đến {unit} và đang chờ xác nhận. Hãy thu hồi trước khi chuyển nơi khác.
The file is already offered to {unit}; recall it first.

unknown-outcome 422
Bước này không có kết quả xử lý {outcome}. Hãy chọn một kết quả trong danh sách.
The step has no outcome {outcome}. Choose one of the list.

form-invalid 422
Hãy sửa các mục sau: {fields}
Mend these fields: {fields}

bad-target 422
{step} không phải là bước trước của lượt này. Hãy chọn một bước đã làm.
{step} is not an earlier step of this pass.

cannot-undo 409
Việc đã làm ở bước {step} không thể thu lại.
What {step} did cannot be undone.

late 409
Hạn trả kết quả[ {date}] đã qua. Có thể giải thích và xin lỗi, không thể xóa việc trễ hạn.
The due date[ {date}] has passed; lateness can be explained, not healed.

no-extension-left 409
Thời hạn đã được gia hạn {n} lần, không còn lần nào nữa.
The limit was already extended {n} time(s).

too-late-to-extend 409
Không còn đủ thời gian báo trước khi đến hạn[ ({notice})]. Hãy viết thư xin lỗi thay cho gia hạn.
The notice before the due date[ ({notice})] no longer fits; write an apology instead.

extension-too-long 422
Mỗi lần chỉ được gia hạn tối đa {at_most}.
An extension may add at most {at_most}.

limit-already-switched 409
Thời hạn đã được chuyển do xác minh.
The limit has already been switched for verification.

not-overdue 409
Việc kiểm tra hồ sơ chưa quá hạn nên chưa có gì phải xin lỗi.
The check is not overdue; there is nothing to apologise for.

no-such-limit 409
Thủ tục này không có thời hạn như vậy.
The procedure has no such limit.

calendar-not-covered 409
Lịch làm việc chưa có ngày {day}. Hãy nạp lịch rồi tính lại thời hạn.
The calendar does not cover {day}; load it and recompute.

calendar-unchanged 409
Hồ sơ đã tính theo lịch làm việc này. Hãy công bố lại thủ tục với lịch mới trước, rồi tính lại thời hạn.
The case counts by this calendar already; publish the version with the new one first, then recompute.

fee-outstanding 409
Phí, lệ phí phải được nộp hoặc miễn trước.
The fee must be settled or waived first.

filed-too-late 409
Hồ sơ nộp ngoài thời hạn mà quy định cho phép ({windows}); cần từ chối tiếp nhận và nêu căn cứ.
The dossier was filed outside the time the rules allow ({windows}); refuse it and name the ground.

fee-already-asked 409
Đã có thông báo nộp phí, lệ phí.
A fee has already been asked for.

join-not-on-ground 409
Bước này phải chờ đủ ý kiến của các cơ quan được hỏi.
This join cannot go on without its opinions.

recipient-unchecked 409
Hãy kiểm tra người nhận kết quả trước khi trả.
Check who receives the result.

in-transit 409
Kết quả đang trên đường gửi hoặc đã trả.
A result is on its way or delivered.

already-rated 409
Ông/bà đã đánh giá hồ sơ này.
This case has been rated.

rating-not-offered 409
Thủ tục này không lấy ý kiến đánh giá.
This procedure asks for no rating.

already-linked 409
Hai hồ sơ này đã được liên kết.
These cases are linked already.

not-amendable 409
{fact} quyết định việc giải quyết hồ sơ nên không sửa trực tiếp được. Hãy yêu cầu bổ sung.
{fact} decides the case; ask a supplement instead.

no-such-proposal 404
Không có đề xuất nào như vậy đang chờ duyệt.
There is no such proposal waiting.

no-such-incident 404
Không có sự cố nào như vậy đang mở.
There is no such open incident.

cannot-skip 409
Việc này có thể làm lại hoặc sửa bằng chứng cứ, không thể bỏ qua.
This effect may be retried or corrected, not skipped.

mapping-incomplete 422
Phiên bản mới chưa có chỗ cho {steps}. Hãy chỉ định bước tương ứng.
The new version gives no place for {steps}.

not-quiet 409
Còn việc đang thực hiện tự động. Xin thử lại sau giây lát.
Effects are in flight; ask again in a moment.

not-settled 409
Còn việc chưa xong: {waits}.
Still open: {waits}.

cannot-correct-time 422
Thời điểm, hạn và ngày kết thúc không bao giờ được sửa.
Instants, dues and finishes are never corrected.

command-id-reused 422
Mã yêu cầu này đã dùng cho nội dung khác. Hãy gửi lại với mã mới.
This command id was used with another content. Send it with a new id.

not-built-yet 501
Phiên bản đang chạy chưa làm được việc này. Hãy làm theo cách hiện có hoặc hỏi người vận hành.
This version cannot do this yet; use the ways that exist or ask the operator.
"""
