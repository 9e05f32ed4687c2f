"""The tables of language.md §2.10 and §2.11: messages, retention, profiles, fragments, bundles, registry."""

_ENTRIES = (
    "submitted, accepted, refused, supplement_sent, reminded, extended, limit_switched, apologised, "
    "fee_asked, resolved, delivered, withdrawn, stopped, step"
)

OBJECTS = {
    "notice": f"""
        *selectors
        on: one of {_ENTRIES}
        to: one of applicant, owner, recipient, submitter, agency | required
        ways: list of one of portal, email, sms, app, post
        subject: texts
        text: texts | required
    """,
    "retention": """
        keep: span
        counted_from: one of finished, delivered
        results: one of permanent, keep
        settle: duration
        basis: text
    """,
    "delivery": """
        by: name of function
        ways: list of one of counter, post, online
        handover: one of confirm, implied
        finish_at: one of issued, one_stop, delivered
        remind_after: duration
        remind_every: duration
        uncollected_after: duration
    """,
    "rating": """
        offer: boolean
    """,
    "table": """
        inputs: list of expression | required
        type: one of text, integer, number, money, boolean | required
        rows: list of any | required
        hit: one of unique, first
        otherwise: any
    """,
    "override": """
        code: text | required
        where: text | required
        ground: text | required
        basis: text
        until: date
    """,
    "profile": """
        profile: id | required
        title: texts | required
        basis: list of text | required
        in_force: period | required
        extends: name of profile
        languages: list of text | required
        channels: list of one of counter, online, post
        time: time
        intake: intake
        transfer: transfer
        supplement: supplement
        extension: extension
        verification: verification
        fee_wait: fee_wait
        withdrawal: withdrawal
        stop: stop
        delivery: delivery
        rating: rating
        retention: retention
        task: task_defaults
        legal_forms: map of text
        outcomes: texts of outcomes
        results: map of result
        notices: map of notice
        sequences: map of list of step
    """,
    "fragment": """
        fragment: text | required
        title: texts | required
        submitter_kinds: map of submitter_kind
        units: map of unit
        rules: map of rule
        papers: map of paper
        notices: map of notice
        tables: map of table
        form: map of field
        documents: map of document
        fees: map of fee
        windows: map of window
        results: map of result
        sequences: map of list of step
    """,
    "submitter_kind": """
        kind: one of citizen, organisation, agency | required
        label: texts | required
    """,
    "bundle": """
        bundle: id | required
        version: integer | required
        title: texts | required
        basis: list of text | required
        in_force: period | required
        profile: name of profile | required
        use: list of text
        submitters: list of name of submitter | required
        form: map of field
        checks: list of check
        papers: map of paper
        documents: map of document
        notices: map of notice
        members: map of member | required
        deliver: one of together, each
        scenarios: text | required
    """,
    "member": """
        procedure: code | required
        when: condition
        after: list of id
        form: map of expression | required
        documents: map of text
    """,
    "registry": """
        registry: text | required
        functions: map of texts
        agencies: map of texts
        ended: map of date
        books: map of texts
        code_lists: code lists
        submitter_kinds: map of submitter_kind
        connectors: map of connector
    """,
    "published_file": """
        published: text | required
        records: records | required
    """,
    "record": """
        decision: text
        deadlines: published limits | required
        results: list of code
    """,
    "published_limit": """
        limit: text | required
        note: text
    """,
    "connector": """
        operations: map of operation | required
        within: duration | required
        retries: integer
    """,
    "operation": """
        takes: map of field | required
        gives: map of field
        outcomes: list of id
        answered: one of result, message
        irrevocable: boolean
    """,
}
