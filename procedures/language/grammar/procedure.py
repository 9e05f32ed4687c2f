"""The tables of language.md §2.3 to §2.8, row by row: `key: kind | required`."""

_FIELD_TYPES = (
    "one of text, long_text, integer, number, money, date, month, boolean, choice, choices, file, rows, address, "
    "province, commune, person, organisation, identity_number, insurance_number, health_card_number, tax_number, "
    "bank_account, phone, email"
)

OBJECTS = {
    "selectors": """
        variants: one or list of name of variant
        channels: one or list of one of counter, online, post
        submitters: one or list of name of submitter
        when: condition
    """,
    "procedure": """
        procedure: code | required
        version: integer | required
        title: texts | required
        basis: list of text | required
        in_force: period | required
        replaces: list of code
        profile: name of profile | required
        use: list of text
        channels: list of one of counter, online, post
        submitters: list of name of submitter | required
        parties: parties
        variants: map of variant
        variant_per: rows field
        units: map of unit
        form: map of field
        checks: list of check
        documents: map of document
        papers: map of paper
        rules: map of rule
        windows: map of window
        time: time
        intake: intake
        transfer: transfer
        supplement: supplement
        extension: extension
        verification: verification
        withdrawal: withdrawal
        stop: stop
        fee_wait: fee_wait
        delivery: delivery
        rating: rating
        retention: retention
        deadline: one or list of deadline | required
        fees: map of fee
        results: map of result | required
        tables: map of table
        steps: list of step | required
        notices: map of notice
        requirements: list of texts
        overrides: list of override
        scenarios: text | required
    """,
    "period": """
        from: date | required
        to: date
    """,
    "parties": """
        owner: expression
        subject: expression
        recipient: expression
        payer: expression
    """,
    "variant": """
        label: texts | required
        group: id
        when: condition
    """,
    "unit": """
        agency: name of agency | required
        level: one of base, commune, province, ministry | required
        territory: expression
        label: texts | required
    """,
    "field": f"""
        *selectors
        like: name of field
        type: {_FIELD_TYPES} | required
        label: texts | required
        help: texts
        required: boolean
        default: any
        outcomes: outcome names
        pattern: pattern
        min: bound
        max: bound
        max_length: integer
        options: map of texts
        list: name of code list
        fields: map of field
        key: name of field
        accept: list of text
        max_size: integer
        prefill: expression
        source: source
        personal: one of no, yes, sensitive
    """,
    "check": """
        *selectors
        that: condition | required
        message: texts | required
        effect: one of block, warn
        per: rows field
    """,
    "document": """
        *selectors
        like: name of document
        label: texts
        one_of: papers
        all_of: list of name of paper
        original: integer
        copy: integer
        either: integer
        certified: boolean
        stamped: boolean
        model: text
        required: boolean
        per: rows field
        rules: list of name of rule
        satisfied_by: list of one of upload, store, database
        source: source
        not_older_than: span
    """,
    "paper": """
        label: texts | required
        model: text
        issued_by: text
        stamped: boolean
        rules: list of name of rule
        source: source
        not_older_than: span
    """,
    "rule": """
        label: texts | required
        applies_to: one of all, foreign
        translated: boolean
        legalised: one of yes, no, unless_treaty
        certified: boolean
        basis: text
    """,
    "source": """
        connector: name of connector | required
        operation: name of operation | required
        with: map of expression
        consent: boolean
        fallback: one of upload, none
    """,
    "deadline": """
        *selectors
        within: limit | required
        if_verified: limit
        counted_from: one of acceptance, received
        time: time
    """,
    "time": """
        cutoff: cutoff
        off_hours: one of as_is, next_working_day
        rollover: boolean
        start_next_day: boolean
        cutoff_on_resume: boolean
    """,
    "cutoff": """
        after: time of day | required
        moves: one of transfer, same_day, start | required
    """,
    "supplement": """
        rounds: integer
        stages: list of one of intake, handling
        ask_within: duration
        late_ask: one of no_effect, refuse
        answer_within: duration
        check_within: duration
        effect: one of restart, pause, replace, none
        new_limit: duration
        on_expiry: one of ask_officer, stop, refuse, continue
        resume: one of asking_step, desk
    """,
    "extension": """
        max: integer
        at_most: duration
        notice_before: duration
        approved_by: name of function
        grounds: map of texts
        legal_form: text
    """,
    "verification": """
        offered_to: list of name of function or handler
        ground: texts
        approved_by: name of function
        notice: name of notice
    """,
    "withdrawal": """
        until: one of decision, signature
        effect: one of immediate, confirmed
    """,
    "stop": """
        approved_by: name of function
    """,
    "intake": """
        by: name of function
        at: name of unit
        within: duration
        channels: list of one of counter, online, post
        form: map of field
    """,
    "transfer": """
        within: duration
        confirm: one of always, paper, never
        confirm_within: duration
    """,
    "fee_wait": """
        clock: one of pauses, runs
        ground: texts | required
        on_expiry: one of ask_officer, stop
    """,
    "window": """
        *selectors
        like: name of window
        who: name of kind of submitter, or submitter | required
        to: name of kind of submitter, or agency
        within: duration | required
        after: expression
        before: expression
        per: rows field
        if_late: one of record, warn, refuse
        ground: texts
    """,
    "fee": """
        *selectors
        like: name of fee
        label: texts | required
        amount: expression | required
        collect: one of intake, step, before_result | required
        per: rows field
        waive_when: condition
        refund_when: condition
        pay_within: duration
    """,
    "result": """
        *selectors
        like: name of result
        label: texts | required
        code: code
        kind: one of grant, refusal, information
        as: one of electronic, paper, money, any
        optional: boolean
        to: one of owner, submitter, recipient
        valid_for: span
    """,
}
