-- Generated once from the declared tables; a change is a new migration.

create table account (
    id text not null,
    kind text not null,
    login text not null,
    name text not null,
    name_key text not null,
    email text,
    phone text,
    password text,
    active boolean default true not null,
    constraint pk_account primary key (id),
    constraint ck_account_kind_known check (kind in ('citizen', 'officer')),
    constraint uq_account_login unique (login)
);

create table book_number (
    effect text not null,
    case_id text not null,
    unit text not null,
    book text not null,
    year integer not null,
    number bigint not null,
    text text not null,
    at timestamptz not null,
    constraint pk_book_number primary key (effect),
    constraint uq_book_number_unit_book_year_number unique (unit, book, year, number)
);

create table case_file (
    id text not null,
    last_seq bigint default 0 not null,
    head_hash bytea not null,
    runs text[] not null,
    dump_seq bigint default 0 not null,
    dump_at timestamptz,
    dump json,
    pin_digest text,
    procedure text,
    version integer,
    variant text,
    channel text,
    phase text not null,
    status text,
    verdict text,
    national_code integer,
    code text,
    receipt text,
    receiving_unit text,
    holding_unit text,
    submitted_at timestamptz,
    accepted_at timestamptz,
    finished_at timestamptz,
    ended_at timestamptz,
    due timestamptz,
    original_due timestamptz,
    late boolean default false not null,
    suspended boolean default false not null,
    next_boundary timestamptz,
    constraint pk_case_file primary key (id),
    constraint uq_case_file_code unique (code)
);

create table case_key (
    case_id text not null,
    key bytea not null,
    created_at timestamptz default now() not null,
    constraint pk_case_key primary key (case_id)
);

create table command (
    id text not null,
    case_id text not null,
    actor text not null,
    verb text not null,
    document json not null,
    texts json,
    digest bytea not null,
    status text not null,
    outcome text,
    first_seq bigint,
    last_seq bigint,
    answer json,
    opened_at timestamptz default now() not null,
    closed_at timestamptz,
    attempts integer default 0 not null,
    lease_until timestamptz not null,
    constraint pk_command primary key (id),
    constraint ck_command_status_known check (status in ('sent', 'done', 'not_sent', 'refused'))
);
create index ix_command_case_id on command (case_id);
create index ix_command_open on command (lease_until) where status = 'sent';

create table document (
    id text not null,
    case_id text not null,
    effect text not null,
    kind text not null,
    result text,
    digest text not null,
    media_type text not null,
    size bigint not null,
    name text not null,
    number text,
    issued_at timestamptz,
    at timestamptz default now() not null,
    constraint pk_document primary key (id),
    constraint uq_document_effect unique (effect)
);
create index ix_document_case_id on document (case_id);

create table effect (
    key text not null,
    case_id text not null,
    activity text not null,
    result jsonb not null,
    at timestamptz default now() not null,
    constraint pk_effect primary key (key)
);

create table file (
    id text not null,
    owner text not null,
    digest text not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    at timestamptz default now() not null,
    constraint pk_file primary key (id)
);
create index ix_file_owner on file (owner);

create table form (
    case_id text not null,
    digest text not null,
    values json not null,
    author text not null,
    at timestamptz default now() not null,
    constraint pk_form primary key (case_id, digest)
);

create table incident (
    id text not null,
    case_id text not null,
    key text not null,
    source text not null,
    code text not null,
    owner text not null,
    effect text,
    detail jsonb not null,
    opened_at timestamptz not null,
    resolved_at timestamptz,
    constraint pk_incident primary key (id),
    constraint uq_incident_case_id_key unique (case_id, key)
);
create index ix_incident_open on incident (opened_at, id) where resolved_at is null;

create table login_failure (
    id bigint generated always as identity,
    subject bytea not null,
    at timestamptz not null,
    constraint pk_login_failure primary key (id)
);
create index ix_login_failure_subject on login_failure (subject, at);

create table notice (
    id bigint generated always as identity,
    effect text not null,
    account text not null,
    case_id text not null,
    notice text not null,
    text jsonb not null,
    at timestamptz not null,
    read_at timestamptz,
    constraint pk_notice primary key (id),
    constraint uq_notice_effect_account unique (effect, account)
);
create index ix_notice_account on notice (account, id);

create table pin (
    digest text not null,
    document json not null,
    at timestamptz default now() not null,
    constraint pk_pin primary key (digest)
);

create table procedure_version (
    digest text not null,
    code text not null,
    version integer not null,
    title jsonb not null,
    in_force_from date not null,
    in_force_to date,
    document json not null,
    published_at timestamptz default now() not null,
    constraint pk_procedure_version primary key (digest),
    constraint uq_procedure_version_code_version unique (code, version)
);

create table registration (
    case_id text not null,
    code text not null,
    receipt text not null,
    unit text not null,
    at timestamptz not null,
    constraint pk_registration primary key (case_id),
    constraint uq_registration_code unique (code)
);

create table request (
    actor text not null,
    key text not null,
    digest bytea not null,
    answer json,
    at timestamptz default now() not null,
    constraint pk_request primary key (actor, key)
);

create table sent_mail (
    effect text not null,
    account text not null,
    case_id text not null,
    message_id text not null,
    sent_at timestamptz not null,
    constraint pk_sent_mail primary key (effect, account)
);

create table series (
    key text not null,
    last bigint not null,
    constraint pk_series primary key (key)
);

create table task_audit (
    id bigint generated always as identity,
    task_id text not null,
    case_id text not null,
    act text not null,
    actor text not null,
    holder text,
    at timestamptz not null,
    constraint pk_task_audit primary key (id)
);
create index ix_task_audit_case_id on task_audit (case_id);

create table unit (
    id text not null,
    agency text not null,
    level text not null,
    parent text,
    name jsonb not null,
    name_key text not null,
    contact jsonb not null,
    code_identifier text,
    code_template text,
    receipt_template text,
    book_templates jsonb not null,
    valid_from date not null,
    valid_to date,
    constraint pk_unit primary key (id),
    constraint fk_unit_parent foreign key(parent) references unit (id)
);

create table attachment (
    case_id text not null,
    file text not null,
    at timestamptz default now() not null,
    constraint pk_attachment primary key (case_id, file),
    constraint fk_attachment_file foreign key(file) references file (id)
);

create table case_party (
    case_id text not null,
    role text not null,
    account text not null,
    submitted_at timestamptz not null,
    constraint pk_case_party primary key (case_id, role, account),
    constraint fk_case_party_case_id foreign key(case_id) references case_file (id)
);
create index ix_case_party_account on case_party (account, submitted_at, case_id);

create table case_unit (
    case_id text not null,
    unit text not null,
    since timestamptz not null,
    constraint pk_case_unit primary key (case_id, unit),
    constraint fk_case_unit_case_id foreign key(case_id) references case_file (id)
);
create index ix_case_unit_unit on case_unit (unit);

create table clock (
    case_id text not null,
    id text not null,
    kind text not null,
    state text not null,
    started_at timestamptz not null,
    due timestamptz,
    original_due timestamptz,
    stopped_at timestamptz,
    late boolean default false not null,
    constraint pk_clock primary key (case_id, id),
    constraint fk_clock_case_id foreign key(case_id) references case_file (id)
);

create table competence (
    unit text not null,
    valid_from date not null,
    competent text not null,
    valid_to date,
    constraint pk_competence primary key (unit, valid_from),
    constraint fk_competence_unit foreign key(unit) references unit (id),
    constraint fk_competence_competent foreign key(competent) references unit (id)
);

create table duty (
    account text not null,
    unit text not null,
    function text not null,
    valid_from date not null,
    valid_to date,
    head boolean default false not null,
    constraint pk_duty primary key (account, unit, function, valid_from),
    constraint fk_duty_account foreign key(account) references account (id),
    constraint fk_duty_unit foreign key(unit) references unit (id)
);
create index ix_duty_unit on duty (unit, function);

create table journal (
    case_id text not null,
    seq bigint not null,
    run text not null,
    kind text not null,
    at timestamptz not null,
    entry text not null,
    hash bytea not null,
    recorded_at timestamptz default now() not null,
    constraint pk_journal primary key (case_id, seq),
    constraint fk_journal_case_id foreign key(case_id) references case_file (id)
);

create table progress (
    case_id text not null,
    code text,
    seq bigint not null,
    next_boundary timestamptz,
    body bytea not null,
    constraint pk_progress primary key (case_id),
    constraint fk_progress_case_id foreign key(case_id) references case_file (id),
    constraint uq_progress_code unique (code)
);

create table session (
    hash bytea not null,
    account text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint pk_session primary key (hash),
    constraint fk_session_account foreign key(account) references account (id)
);
create index ix_session_expires_at on session (expires_at);

create table task (
    id text not null,
    case_id text not null,
    key text not null,
    step text,
    kind text not null,
    procedure text not null,
    unit text not null,
    function text not null,
    view json not null,
    held boolean default false not null,
    due timestamptz,
    due_order timestamptz generated always as (coalesce(due, 'infinity'::timestamptz)) stored not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    open boolean default true not null,
    claimed_by text,
    claimed_at timestamptz,
    constraint pk_task primary key (id),
    constraint uq_task_case_id_key unique (case_id, key),
    constraint fk_task_case_id foreign key(case_id) references case_file (id)
);
create index ix_task_inbox on task (unit, function, due_order, id) where open;

create table unit_function (
    unit text not null,
    function text not null,
    valid_from date not null,
    valid_to date,
    constraint pk_unit_function primary key (unit, function, valid_from),
    constraint fk_unit_function_unit foreign key(unit) references unit (id)
);

create table version_pin (
    id bigint generated always as identity,
    digest text not null,
    pin text not null,
    at timestamptz default now() not null,
    constraint pk_version_pin primary key (id),
    constraint uq_version_pin_digest_pin unique (digest, pin),
    constraint fk_version_pin_digest foreign key(digest) references procedure_version (digest),
    constraint fk_version_pin_pin foreign key(pin) references pin (digest)
);

create table version_template (
    digest text not null,
    name text not null,
    content text not null,
    constraint pk_version_template primary key (digest, name),
    constraint fk_version_template_digest foreign key(digest) references procedure_version (digest)
);

-- What is written stays: no program of ours may change it, whatever its role.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'integrity_constraint_violation';
end
$$;

create trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change();
create trigger task_audit_append_only before update or delete or truncate on task_audit
    for each statement execute function refuse_change();
create trigger registration_append_only before update or delete or truncate on registration
    for each statement execute function refuse_change();
create trigger book_number_append_only before update or delete or truncate on book_number
    for each statement execute function refuse_change();
create trigger pin_append_only before update or delete or truncate on pin
    for each statement execute function refuse_change();
create trigger procedure_version_append_only before update or delete or truncate on procedure_version
    for each statement execute function refuse_change();
create trigger version_template_append_only before update or delete or truncate on version_template
    for each statement execute function refuse_change();
