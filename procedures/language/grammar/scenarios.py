"""The tables of language.md §2.12, the scenarios: `key: kind | required`."""

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
        variant: text
        submitted: datetime
        form: free map
        documents: list of text
        foreign: list of text
        by_hand: list of one of handovers, signatures
    """,
    "event": """
        at: datetime | required
        *verbs
        by: text
        approved_by: text
        outcome: text
        to: target
        with: free map
        lines: any
        reason: text
        expect: expect
    """,
    "verbs": """
        complete_task: name of step
        send_back: name of step
        forward: name of step
        answer_call: name of step
        fail_call: name of step
        opinion_received: name of step
        signature_answered: name of step
        subcase_ended: name of step
        replace_opinion: name of step
        join_on_ground: name of step
        record_payment: name of fee
        waive_fee: name of fee
        ask_fee: name of fee
        payment_confirmed: name of fee
        payment_reversed: name of fee
        message_received: text
        approve: text
        deny: text
        accept: accept
        ask_supplement: ask_supplement
        send_supplement: send_supplement
        reject_supplement: reject_supplement
        extend: extend
        switch_limit: switch_limit
        refuse: free map
        complete_supplement: free map
        cancel_supplement: free map
        withdraw: free map
        amend: free map
        rate: free map
        hand_over: free map
        confirm_handover: free map
        reject_handover: free map
        recall: free map
        apologise: free map
        recompute: recompute
        stop: free map
        reopen: free map
        correct_result: free map
        deliver: free map
        archive: free map
        change_variant: free map
        migrate: free map
        retarget: free map
        reset_route: free map
        resolve_incident: free map
        correct_entry: free map
        link: free map
        delivery_reported: free map
        status_reported: free map
        alias_given: free map
        pass: free map
    """,
    "accept": """
        form: free map
        variant: text
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
    "extend": """
        add: duration | required
        ground: text
        reason: text
    """,
    "recompute": """
        off: list of date | required
        ground: text
    """,
    "switch_limit": """
        reason: text
    """,
    "reject_supplement": """
        items: list of any
        reason: text
    """,
    "expect": """
        open: list of text
        due: text
        answer_by: text
        due_of: free map
        late_of: list of text
        late: boolean
        status: integer
        verdict: one of granted, partly, refused, stopped, withdrawn
        results: list of text
        documents: list of text
        skipped: list of text
        void: list of text
        notices: list of text
        warnings: list of text
        unit: text
        sent: free map
        owed: free map
        refused: text
    """,
}
