"""ONE table: every address by its name, and the verb that opens it. What is not in the table stays shut.

`PUBLIC` pages need no login; `LOGGED_IN` any colleague; everything else the named verb of `staff.permissions`.
The machine door (`api:…`) checks its own tokens; it stands here as `PARTNER`.
"""

from __future__ import annotations

PUBLIC = "-public-"
LOGGED_IN = "-logged in-"
PARTNER = "-partner-"

DOORS: dict[str, str] = {
    # the frame
    "login": PUBLIC,
    "login_as": PUBLIC,
    "health": PUBLIC,
    "logout": LOGGED_IN,
    # the customer's own page, by the code on the receipt
    "status": PUBLIC,
    "status_rate": PUBLIC,
    # the visitor's own screen, by the code on the clerk's page
    "screen": PUBLIC,
    "screen_now": PUBLIC,
    "screen_answer": PUBLIC,
    "screen_consent": PUBLIC,
    "screen_rate": PUBLIC,
    "screen_language": PUBLIC,
    "home": LOGGED_IN,
    "api_reference": LOGGED_IN,
    # account pages of the login library: own password and second factor
    "account_change_password": LOGGED_IN,
    "account_reauthenticate": LOGGED_IN,
    "mfa_index": LOGGED_IN,
    "mfa_activate_totp": LOGGED_IN,
    "mfa_deactivate_totp": LOGGED_IN,
    "mfa_view_recovery_codes": LOGGED_IN,
    "mfa_generate_recovery_codes": LOGGED_IN,
    "mfa_download_recovery_codes": LOGGED_IN,
    "mfa_reauthenticate": LOGGED_IN,
    "mfa_authenticate": PUBLIC,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    # registration, facts, verification
    "claim_register": "claim.see",
    "claim_facts": "claim.see",
    "claim_coverage": "coverage.see",
    # calculation, payee, decision
    "claim_calculation": "calculation.see",
    "claim_submit": "settlement.submit",
    "claim_what_if": "settlement.what_if",
    "claim_payee": "claim.see",
    "claim_decision": "decision.see",
    "claim_decision_draft": "draft.keep",
    # papers
    "claim_papers": "document.see",
    "claim_papers_receive": "documents.receive",
    "claim_papers_complete": "documents.complete",
    "claim_papers_ask": "documents.ask",
    "claim_papers_ask_again": "documents.ask_again",
    "claim_papers_delivered": "documents.tell",
    "claim_paper_waive": "documents.waive",
    "claim_paper_needed": "documents.waive",
    "paper": "document.see",
    "paper_examine": "documents.examine",
    "paper_move": "documents.move",
    "paper_return": "documents.return",
    "document_content": "document.see",
    # assessment
    "claim_assessment": "claim.see",
    "claim_assessment_sums": "assessment.allow",
    # payments
    "payments": "payment.see",
    "claim_payment": "payment.see",
    "payment_release": "payment.release",
    "payment_send_back": "payment.release",
    # letters
    "claim_letters": "letter.see",
    "letter_pdf": "letter.see",
    "letter_delivered": "letter.deliver",
    # closing and archive
    "claim_close": "claim.close",
    "archive": "archive.file",
    "archive_file": "archive.file",
    # the front desk
    "visits": "visit.see",
    "visit_open": "visit.open",
    "visit": "visit.see",
    "visit_station": "visit.see",
    "visit_draft": "visit.go_on",
    "visit_not_applicable": "visit.go_on",
    "visit_hand_over": "visit.hand_over",
    "visit_reveal": "personal.unmask",
    "visit_application": "visit.go_on",
    "visit_receipt": "visit.see",
    "visit_screen": "visit.go_on",
    "visit_screen_state": "visit.see",
    "visit_signature": "visit.see",
    "ratings": "rating.see",
    "rating_call_back": "rating.call_back",
    "claim_consents": "claim.see",
    "visit_identity": "visit.see",
    "visit_listening": "visit.see",
    "visit_facts": "visit.see",
    "visit_first_view": "visit.see",
    "visit_explanation": "visit.see",
    # my work, the claim, search, the board
    "my_work": "work.see",
    "my_work_row": "claim.see",
    "claims": "claim.see",
    "claim": "claim.see",
    "claim_history": "claim.see",
    "claim_reveal": "personal.unmask",
    "claim_note": "claim.note",
    "claim_call": "claim.note",
    "claim_promise": "claim.promise",
    "claim_draft": "draft.keep",
    "claim_tasks": "claim.see",
    "claim_task": "task.close",
    "claim_take_on": "claim.take_on",
    "claim_assign": "claim.assign",
    "claim_complex": "claim.mark_complex",
    "claim_withdraw": "claim.withdraw",
    "search": "claim.search",
    "board": "board.see",
    "board_effort": "board.see",
    # administration
    "reference": "reference.see",
    "reference_product": "reference.see",
    "reference_compare": "terms.compare",
    "reference_law": "reference.see",
    "reference_letters": "reference.see",
    "reference_people": "reference.see",
    "reference_colleague": "staff.change",
    "reference_engage": "staff.change",
    "reference_absence": "staff.change",
    "reference_branch": "staff.change",
    "reference_partners": "staff.change",
}
