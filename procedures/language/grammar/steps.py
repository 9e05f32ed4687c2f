"""The tables of language.md §2.9, the steps: `key: kind | required`."""

OBJECTS = {
    "step": """
        id: id | required
        include: name of sequence
        variants: one or list of name of variant
        channels: one or list of one of counter, online, post
        submitters: one or list of name of submitter
        skip_when: condition
        task: task
        decide: list of rule_row
        call: call
        parallel: parallel
        each: each
        wait: wait
        pay: pay
        document: document_step
        sign: sign
        notify: notify
        deliver: deliver
        procedure: subprocedure
        form: map of field
        outcomes: ways out
        then: target
        public: public
    """,
    "outcome": """
        then: target | required
        label: texts
        reason: one of required, optional, none
        when: condition
    """,
    "public": """
        text: texts
        todo: texts
        show: one of step, hidden
    """,
    "work": """
        by: name of function | required
        at: name of unit
        title: texts | required
        guide: texts
        within: duration
        not_same_as: list of name of step
        assign: one of pool, head
        batch: boolean
        escalate: list of escalation
    """,
    "task": """
        *work
        records: list of id
        result: name of result
    """,
    "task_defaults": """
        by: name of function
        at: name of unit
        guide: texts
        within: duration
        assign: one of pool, head
        batch: boolean
        escalate: list of escalation
        signature: one of digital, wet
    """,
    "escalation": """
        moment: moment | required
        to: name of function, holder or head | required
        notice: name of notice
    """,
    "sign": """
        *work
        documents: list of name of step | required
        signature: one of digital, wet
        seal: boolean
    """,
    "document_step": """
        template: text | required
        number_from: name of book
        at: name of unit
        result: name of result
        with: map of expression
        unsigned: boolean
    """,
    "rule_row": """
        when: condition
        then: target
        otherwise: target
    """,
    "call": """
        connector: name of connector | required
        operation: name of operation | required
        with: map of expression
        within: duration
        on_failure: target
        result: name of result
        at: name of unit
    """,
    "parallel": """
        join: one of all, any, quorum, on_ground | required
        quorum: integer
        lead: name of function
        rest: one of drop, keep
        branches: map of branch | required
    """,
    "branch": """
        *selectors
        label: texts | required
        steps: list of step | required
        within: duration
        optional: boolean
        public: public
    """,
    "each": """
        of: rows field | required
        steps: list of step | required
        totals: map of expression
    """,
    "wait": """
        message: id
        until: expression
        last: duration
        sender: one of applicant, agency, system
        within: duration
        documents: map of document
        clock: one of runs, pauses
        ground: texts
    """,
    "pay": """
        fee: name of fee | required
        within: duration | required
    """,
    "notify": """
        notice: name of notice | required
    """,
    "deliver": """
        results: list of name of result | required
        by: name of function
    """,
    "subprocedure": """
        code: code | required
        at: name of unit | required
        form: map of expression
        documents: map of text
        within: duration
    """,
}
