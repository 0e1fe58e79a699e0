//! The tables, as both databases hold them. Only `queries.rs` pages name them.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    team (id) {
        id -> Uid,
        parent_id -> Nullable<Uid>,
        name -> Text,
        path -> Text,
        headcount -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    member (id) {
        id -> Uid,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        name -> Text,
        membership_number -> Nullable<Text>,
        language -> Text,
        has_left -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    membership (member_id, team_id) {
        member_id -> Uid,
        team_id -> Uid,
        is_rep -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    staff (id) {
        id -> Uid,
        email -> Text,
        email_key -> Text,
        name -> Text,
        roles -> Text,
        is_disabled -> Bool,
        link_hash -> Nullable<Binary>,
        link_expires_at -> Nullable<Instant>,
        password_hash -> Nullable<Text>,
        session_epoch -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    sign_in_failure (subject) {
        subject -> Binary,
        failures -> Integer,
        last_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    api_token (id) {
        id -> Uid,
        name -> Text,
        roles -> Text,
        hash -> Binary,
        created_at -> Instant,
        is_revoked -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    audit (id) {
        id -> Uid,
        at -> Instant,
        actor -> Text,
        action -> Text,
        subject -> Text,
        detail -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    consultation (id) {
        id -> Uid,
        slug -> Text,
        title -> Text,
        summary -> Text,
        letter -> Text,
        contact -> Nullable<Text>,
        join_url -> Nullable<Text>,
        time_zone -> Text,
        deadline_local -> Text,
        deadline_at -> Instant,
        grace_minutes -> Integer,
        state -> Text,
        covers_all_teams -> Bool,
        public_draft -> Bool,
        mail_replies -> Bool,
        created_at -> Instant,
        opened_at -> Nullable<Instant>,
        closed_at -> Nullable<Instant>,
        last_batch_on -> Nullable<Date>,
        words_in_at -> Nullable<Instant>,
        edition -> Integer,
        public_page -> Text,
        identifying_words -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    consultation_team (consultation_id, team_id) {
        consultation_id -> Uid,
        team_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    label (id) {
        id -> Uid,
        consultation_id -> Uid,
        name -> Text,
        ordinal -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    label_team (label_id, team_id) {
        label_id -> Uid,
        team_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    invitation (id) {
        id -> Uid,
        consultation_id -> Uid,
        member_id -> Uid,
        team_id -> Nullable<Uid>,
        label_id -> Nullable<Uid>,
        generation -> Integer,
        link_hash -> Binary,
        printed_hash -> Binary,
        stop_hash -> Binary,
        no_reminders -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    access_code (id) {
        id -> Uid,
        invitation_id -> Uid,
        expires_at -> Instant,
        tries_left -> Integer,
        is_used -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    document (id) {
        id -> Uid,
        consultation_id -> Uid,
        kind -> Text,
        title -> Text,
        ordinal -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    version (id) {
        id -> Uid,
        document_id -> Uid,
        number -> Integer,
        note -> Text,
        created_at -> Instant,
        published_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    block (version_id, ordinal) {
        version_id -> Uid,
        ordinal -> Integer,
        key -> Text,
        number -> Text,
        kind -> Text,
        level -> Integer,
        text -> Text,
        html -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    block_link (from_version_id, to_version_id, ordinal) {
        from_version_id -> Uid,
        to_version_id -> Uid,
        ordinal -> Integer,
        from_key -> Nullable<Text>,
        to_key -> Nullable<Text>,
        kind -> Text,
        score -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    mailing (id) {
        id -> Uid,
        consultation_id -> Uid,
        kind -> Text,
        subject -> Text,
        body -> Text,
        audience -> Text,
        state -> Text,
        due_at -> Instant,
        before_deadline -> Nullable<Text>,
        created_at -> Instant,
        timing -> Text,
        at_time -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    mailing_team (mailing_id, team_id) {
        mailing_id -> Uid,
        team_id -> Uid,
        note -> Text,
        is_recipient -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    outbox (id) {
        id -> Uid,
        mailing_id -> Nullable<Uid>,
        kind -> Text,
        member_id -> Uid,
        invitation_id -> Nullable<Uid>,
        access_code_id -> Nullable<Uid>,
        message_id -> Text,
        state -> Text,
        attempts -> Integer,
        fence -> Integer,
        lease_until -> Nullable<Instant>,
        due_at -> Instant,
        phase -> Nullable<Text>,
        trouble -> Nullable<Text>,
        changed_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    job (id) {
        id -> Uid,
        kind -> Text,
        payload -> Text,
        due_at -> Instant,
        attempts -> Integer,
        fence -> Integer,
        lease_until -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    staff_replay (key_hash) {
        key_hash -> Binary,
        request_hash -> Binary,
        status -> Nullable<Integer>,
        answer -> Text,
        kept_until -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    voice (id) {
        id -> Uid,
        consultation_id -> Uid,
        label_id -> Uid,
        kind -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    comment (key) {
        key -> BigInt,
        id -> BigInt,
        consultation_id -> Uid,
        voice_id -> Uid,
        document_id -> Uid,
        version_number -> Integer,
        block_key -> Nullable<Text>,
        position -> Text,
        condition -> Text,
        body -> Text,
        quote -> Nullable<Text>,
        new_wording -> Text,
        permission -> Text,
        source -> Text,
        is_late -> Bool,
        reader_tag -> Binary,
        receipt -> Text,
        batch_on -> Nullable<Date>,
        is_withdrawn -> Bool,
        confirmed_in -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    finish (key) {
        key -> BigInt,
        consultation_id -> Uid,
        voice_id -> Uid,
        nothing_to_add -> Bool,
        reader_tag -> Binary,
        receipt -> Text,
        batch_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    voice_replay (key_hash) {
        key_hash -> Binary,
        consultation_id -> Uid,
        answer -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    release (id) {
        id -> Uid,
        consultation_id -> Uid,
        number -> Integer,
        edition -> Integer,
        cut_off -> Date,
        comments -> Integer,
        sha256 -> Text,
        answers -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    release_part (release_id, ordinal) {
        release_id -> Uid,
        ordinal -> Integer,
        lines -> Text,
        holds -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    group_response (id) {
        id -> Uid,
        consultation_id -> Uid,
        source -> Text,
        state -> Text,
        label_id -> Nullable<Uid>,
        team_id -> Nullable<Uid>,
        place -> Text,
        held_on -> Date,
        present -> Integer,
        in_favour -> Nullable<Integer>,
        against -> Nullable<Integer>,
        unsure -> Nullable<Integer>,
        dissent -> Text,
        told_by -> Text,
        recorded_by -> Text,
        recorder_tag -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    group_point (key) {
        key -> BigInt,
        group_response_id -> Uid,
        slip -> Nullable<BigInt>,
        document_id -> Uid,
        version_number -> Integer,
        block_key -> Nullable<Text>,
        position -> Nullable<Text>,
        words -> Text,
        permission -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    join_request (id) {
        id -> Uid,
        consultation_id -> Uid,
        name -> Text,
        email -> Text,
        email_key -> Text,
        team_id -> Uid,
        says_member -> Text,
        membership_number -> Text,
        state -> Text,
        token_hash -> Binary,
        asked_at -> Instant,
        expires_at -> Instant,
        invitation_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    joining (consultation_id) {
        consultation_id -> Uid,
        employer_domains -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::columns::Uid;

    clause_pair (id) {
        id -> Uid,
        consultation_id -> Uid,
        ours -> Text,
        theirs -> Text,
        state -> Text,
        ours_figure -> Text,
        theirs_figure -> Text,
        score -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::store::columns::Uid;

    pairing (consultation_id) {
        consultation_id -> Uid,
        revision -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    picture (hash) {
        hash -> Text,
        kind -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    version_picture (version_id, hash) {
        version_id -> Uid,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    file_comment (version_id, ordinal) {
        version_id -> Uid,
        ordinal -> Integer,
        block_key -> Text,
        quote -> Text,
        body -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{Instant, Uid};

    brought_file (mark) {
        mark -> Binary,
        sealed -> Binary,
        expires_at -> Instant,
    }
}

diesel::joinable!(membership -> member (member_id));
diesel::joinable!(membership -> team (team_id));
diesel::joinable!(consultation_team -> consultation (consultation_id));
diesel::joinable!(consultation_team -> team (team_id));
diesel::joinable!(label -> consultation (consultation_id));
diesel::joinable!(label_team -> label (label_id));
diesel::joinable!(label_team -> team (team_id));
diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::columns::Instant;

    mail_channel (name) {
        name -> Text,
        paused_since -> Instant,
        next_try_at -> Instant,
        trouble -> Text,
        failures -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::store::columns::Uid;

    match_correction (version_id, ordinal) {
        version_id -> Uid,
        ordinal -> Integer,
        before -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Nullable, Text};
    use crate::store::columns::Uid;

    question (id) {
        id -> Uid,
        consultation_id -> Uid,
        ordinal -> Integer,
        block_key -> Nullable<Text>,
        kind -> Text,
        wording -> Text,
        help -> Text,
        options -> Text,
        offers_other -> Bool,
        offers_no_answer -> Bool,
        scale -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Date, Nullable, Text};
    use crate::store::columns::Uid;

    answer (key) {
        key -> BigInt,
        id -> BigInt,
        consultation_id -> Uid,
        voice_id -> Uid,
        question_id -> Uid,
        given -> Text,
        words -> Text,
        permission -> Text,
        source -> Text,
        is_late -> Bool,
        reader_tag -> Binary,
        receipt -> Text,
        batch_on -> Nullable<Date>,
        is_withdrawn -> Bool,
    }
}

diesel::joinable!(question -> consultation (consultation_id));
diesel::joinable!(answer -> voice (voice_id));
diesel::joinable!(answer -> question (question_id));
diesel::allow_columns_to_appear_in_same_group_by_clause!(answer::question_id, answer::given, voice::label_id);

diesel::joinable!(invitation -> consultation (consultation_id));
diesel::joinable!(invitation -> member (member_id));
diesel::joinable!(invitation -> team (team_id));
diesel::joinable!(invitation -> label (label_id));
diesel::joinable!(access_code -> invitation (invitation_id));
diesel::joinable!(document -> consultation (consultation_id));
diesel::joinable!(version -> document (document_id));
diesel::joinable!(block -> version (version_id));
diesel::joinable!(mailing -> consultation (consultation_id));
diesel::joinable!(mailing_team -> mailing (mailing_id));
diesel::joinable!(mailing_team -> team (team_id));
diesel::joinable!(outbox -> mailing (mailing_id));
diesel::joinable!(outbox -> member (member_id));
diesel::joinable!(outbox -> invitation (invitation_id));
diesel::joinable!(outbox -> access_code (access_code_id));
diesel::joinable!(voice -> label (label_id));
diesel::joinable!(comment -> voice (voice_id));
diesel::joinable!(comment -> document (document_id));
diesel::joinable!(finish -> voice (voice_id));
diesel::joinable!(release -> consultation (consultation_id));

diesel::joinable!(version_picture -> version (version_id));
diesel::joinable!(version_picture -> picture (hash));
diesel::joinable!(file_comment -> version (version_id));

diesel::allow_tables_to_appear_in_same_query!(
    picture,
    version_picture,
    file_comment,
    brought_file,
    team,
    member,
    membership,
    staff,
    api_token,
    audit,
    consultation,
    consultation_team,
    label,
    label_team,
    invitation,
    access_code,
    document,
    version,
    block,
    block_link,
    mailing,
    mailing_team,
    outbox,
    job,
    staff_replay,
    voice,
    comment,
    finish,
    voice_replay,
    clause_pair,
    pairing,
    release,
    release_part,
    question,
    answer,
    group_response,
    group_point,
    join_request,
    joining
);

// Words that are kept while they are typed.
diesel::table! {
    use diesel::sql_types::{BigInt, Binary};
    use crate::store::columns::Uid;

    voice_kept (key_hash) {
        key_hash -> Binary,
        shelf -> Binary,
        consultation_id -> Uid,
        revision -> BigInt,
        words -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::store::columns::{Instant, Uid};

    working_text (document_id) {
        document_id -> Uid,
        base_version_id -> Uid,
        markdown -> Text,
        revision -> BigInt,
        staff_id -> Uid,
        saved_at -> Instant,
    }
}

diesel::table! {
    use crate::store::columns::{Instant, Uid};

    working_open (document_id, staff_id) {
        document_id -> Uid,
        staff_id -> Uid,
        seen_at -> Instant,
    }
}

diesel::joinable!(working_text -> staff (staff_id));
diesel::joinable!(working_open -> staff (staff_id));
diesel::allow_tables_to_appear_in_same_query!(working_text, working_open, staff);
