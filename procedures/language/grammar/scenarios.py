"""The tables of language.md §2.12, the scenarios: `key: kind | required later`."""

OBJECTS = {
    "scenario_file": """
        scenarios: code | required
        calendars: list of text | required
        hours: free map
        given: given
        cases: list of scenario | required
    """,
    "scenario": """
        id: text | required
        title: texts
        given: given
        do: list of event | required
    """,
    "given": """
        channel: text
        submitter: text
        variant: text | later
        submitted: datetime
        form: free map
        documents: list of text
        foreign: list of text | later
        by_hand: list of one of handovers, signatures~
    """,
    "event": """
        at: datetime | required
        *verbs
        by: text
        approved_by: text
        outcome: text
        to: target
        with: free map
        lines: any | later
        reason: text
        expect: expect
    """,
    "verbs": """
        complete_task: name of step
        send_back: name of step
        forward: name of step
        answer_call: name of step
        fail_call: name of step
        opinion_received: name of step | later
        signature_answered: name of step | later
        subcase_ended: name of step | later
        replace_opinion: name of step | later
        join_on_ground: name of step | later
        record_payment: name of fee | later
        waive_fee: name of fee | later
        ask_fee: name of fee | later
        payment_confirmed: name of fee | later
        payment_reversed: name of fee | later
        message_received: text | later
        approve: text
        deny: text
        accept: accept
        ask_supplement: ask_supplement
        send_supplement: send_supplement
        reject_supplement: reject_supplement
        extend: free map | later
        switch_limit: free map | later
        refuse: free map
        complete_supplement: free map
        cancel_supplement: free map
        withdraw: free map
        amend: free map | later
        rate: free map | later
        hand_over: free map
        confirm_handover: free map
        reject_handover: free map
        recall: free map | later
        apologise: free map | later
        recompute: free map | later
        stop: free map
        reopen: free map | later
        correct_result: free map | later
        deliver: free map
        archive: free map
        change_variant: free map | later
        migrate: free map | later
        retarget: free map | later
        reset_route: free map | later
        resolve_incident: free map
        correct_entry: free map | later
        link: free map | later
        delivery_reported: free map | later
        status_reported: free map | later
        alias_given: free map | later
        pass: free map
    """,
    "accept": """
        form: free map | later
        variant: text | later
        verdicts: free map
    """,
    "ask_supplement": """
        step: name of step
        items: list of any | required
        reason: text
    """,
    "send_supplement": """
        documents: list of text
        form: free map
    """,
    "reject_supplement": """
        items: list of any
        reason: text
    """,
    "expect": """
        open: list of text
        due: text
        answer_by: text
        due_of: free map | later
        late_of: any | later
        late: boolean
        status: integer
        verdict: one of granted, partly, refused, stopped, withdrawn
        results: list of text
        documents: list of text
        skipped: list of text
        void: list of text
        notices: list of text
        warnings: list of text | later
        unit: text
        sent: free map
        owed: any | later
        refused: text
    """,
}
