//! Words on a block, or on the whole draft.
//!
//! A comment counts at once. Words that reached the desks stay there until the next batch even if
//! their writer changes or withdraws them, so that nobody can tie a change to a moment: the change
//! is a second row with the same id, and takes the place of the first in the next batch.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::confirm::confirmed;
use super::queries;
use super::replay::{self, ReplayKey};
use super::voice::{self, Author, Kind};
use crate::consultations::{Arrival, Consultation};
use crate::drafts;
use crate::ids::{Chance, CommentId, Id};
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;

crate::values! {
    /// Where somebody stands; a position without words is a comment.
    Position { Support = "support", SupportIf = "support_if", Oppose = "oppose", Neutral = "neutral" }
}
crate::values! {
    /// How words may leave the union.
    Permission { WordForWord = "word_for_word", Paraphrase = "paraphrase", CountOnly = "count_only" }
}
crate::values! {
    /// How words came in.
    Source { Web = "web", Mail = "mail", Paper = "paper", Meeting = "meeting" }
}
crate::text_column!(Position, Permission, Source);

/// A passage quoted from the block (W3C Web Annotation, `TextQuoteSelector`, and where it is known
/// the `TextPositionSelector`: characters of the block's words).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub exact: String,
    #[serde(default)]
    pub prefix: String,
    #[serde(default)]
    pub suffix: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
}

/// A comment as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewComment {
    /// Key or number of the block; none is the whole draft.
    pub block: Option<String>,
    /// The version she read; none is the current one.
    pub version: Option<i32>,
    pub position: Option<String>,
    pub condition: String,
    pub body: String,
    pub quote: Option<Quote>,
    pub new_wording: String,
    /// None is *count only*.
    pub permission: Option<String>,
    pub with_name: bool,
}

/// A comment whose words are in order.
#[derive(Debug, Clone)]
pub struct Checked {
    block: Option<String>,
    version: Option<i32>,
    position: Position,
    condition: String,
    body: String,
    quote: Option<String>,
    new_wording: String,
    permission: Permission,
    kind: Kind,
}

/// What a member gets for a comment: known to her alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    pub id: String,
    pub receipt: String,
    pub late: bool,
}

/// What of a comment shall change; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Amend {
    pub position: Option<String>,
    pub condition: Option<String>,
    pub body: Option<String>,
    pub quote: Option<Option<Quote>>,
    pub new_wording: Option<String>,
    pub permission: Option<String>,
    pub with_name: Option<bool>,
    /// The version she had before her when she saw that it still holds.
    pub confirmed_in: Option<i32>,
}

/// A comment as it is stored.
#[derive(Debug, Clone)]
pub struct Comment {
    pub key: i64,
    pub id: CommentId,
    pub consultation_id: Id,
    pub voice_id: Id,
    pub document_id: Id,
    pub version_number: i32,
    pub block_key: Option<String>,
    pub position: Position,
    pub condition: String,
    pub body: String,
    /// JSON of a [`Quote`].
    pub quote: Option<String>,
    pub new_wording: String,
    pub permission: Permission,
    pub source: Source,
    pub is_late: bool,
    pub reader_tag: Vec<u8>,
    pub receipt: String,
    pub batch_on: Option<NaiveDate>,
    pub is_withdrawn: bool,
    /// The version whose wording its writer saw and said that it still holds.
    pub confirmed_in: Option<i32>,
}

impl Comment {
    /// The words of the passage that it quotes.
    #[must_use]
    pub fn quote(&self) -> Option<Quote> {
        self.quote.as_deref().and_then(|quote| serde_json::from_str(quote).ok())
    }
}

/// One of her own comments, as its writer sees it.
#[derive(Debug, Clone)]
pub struct Mine {
    pub comment: Comment,
    pub with_name: bool,
}

/// Checks the words of a new comment; pure, before any transaction.
///
/// # Errors
/// Every field that must be mended.
pub fn check(new: &NewComment) -> Result<Checked, Refusal> {
    let mut problems = Problems::default();
    let position =
        check_value(&mut problems, "position", new.position.as_deref(), Position::Neutral, Position::from_value);
    let permission = check_value(
        &mut problems,
        "permission",
        new.permission.as_deref(),
        Permission::CountOnly,
        Permission::from_value,
    );
    let condition = problems.check(text::words("condition", new.condition.trim_end(), text::CONDITION_MAX));
    let body = problems.check(text::words("body", new.body.trim_end(), text::BODY_MAX));
    let new_wording = problems.check(text::words("new_wording", new.new_wording.trim_end(), text::CONDITION_MAX));
    let quote = new.quote.as_ref().and_then(|quote| check_quote(&mut problems, quote));
    let block = problems.check(text::optional_line("block", new.block.as_deref().unwrap_or_default()));
    let says_something = new.position.as_deref().is_some_and(|position| !position.is_empty())
        || !new.body.trim().is_empty()
        || !new.new_wording.trim().is_empty();
    if !says_something {
        problems.note("position", "nothing-said", "Choose where you stand, or write something.");
    }
    problems.none()?;
    let (Some(condition), Some(body), Some(new_wording)) = (condition, body, new_wording) else {
        return Err(Refusal::Invalid(Vec::new()));
    };
    Ok(Checked {
        block: block.filter(|block| !block.is_empty()),
        version: new.version,
        position,
        condition,
        body,
        quote,
        new_wording,
        permission,
        kind: if new.with_name { Kind::Named } else { Kind::Confidential },
    })
}

/// Stores a comment that arrived at `arrived`. The same [`ReplayKey`] again gives the first answer.
///
/// # Errors
/// Too late; a block or version that is not there; a replay key used for other words.
#[expect(clippy::too_many_arguments, reason = "who, where, when and what of one deed; each is another thing")]
pub fn submit(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    arrived: DateTime<Utc>,
    checked: &Checked,
    source: Source,
    replay: Option<&ReplayKey>,
) -> Result<Submitted, Refusal> {
    if let Some(replay) = replay
        && let Some(answer) = replay::earlier(tx, author, replay)?
    {
        return Ok(answer);
    }
    let is_late = match consultation.judge(arrived) {
        Arrival::OnTime => false,
        Arrival::Late => true,
        Arrival::TooLate => return Err(too_late(consultation)),
    };
    let place = drafts::place(tx, consultation.id, checked.block.as_deref(), checked.version)?;
    let voice_id = voice::ensure(tx, author, checked.kind)?;
    let id = CommentId(chance.key());
    let stored = Comment {
        key: chance.key(),
        id,
        consultation_id: consultation.id,
        voice_id,
        document_id: place.document_id,
        version_number: place.version_number,
        block_key: place.block_key,
        position: checked.position,
        condition: checked.condition.clone(),
        body: checked.body.clone(),
        quote: checked.quote.clone(),
        new_wording: checked.new_wording.clone(),
        permission: checked.permission,
        source,
        is_late,
        reader_tag: author.reader_tag(id).to_vec(),
        receipt: queries::free_receipt(tx, chance)?,
        batch_on: None,
        is_withdrawn: false,
        confirmed_in: None,
    };
    queries::insert_comment(tx, &stored)?;
    let submitted = Submitted { id: id.to_string(), receipt: stored.receipt, late: is_late };
    if let Some(replay) = replay {
        replay::keep(tx, author, chance, replay, &submitted)?;
    }
    Ok(submitted)
}

/// Everything this author's link wrote and has not withdrawn, in document order.
///
/// # Errors
/// When the database fails.
pub fn mine(tx: &mut Tx, author: &Author) -> Result<Vec<Mine>, Fault> {
    let mut current = said_by(tx, author)?;
    let order = drafts::order_of_blocks(tx, author.invitation.consultation_id)?;
    current
        .sort_by_key(|mine| (order.of(mine.comment.document_id, mine.comment.block_key.as_deref()), mine.comment.id));
    Ok(current)
}

/// As [`mine`], in no order: what it costs grows with her own comments alone, not with the draft.
///
/// # Errors
/// When the database fails.
pub fn said_by(tx: &mut Tx, author: &Author) -> Result<Vec<Mine>, Fault> {
    let named = author.voice(Kind::Named);
    let mut current: Vec<Mine> = Vec::new();
    for comment in queries::comments_of_voices(tx, &author.voices())? {
        if comment.is_withdrawn || !author.wrote(comment.id, &comment.reader_tag) {
            continue;
        }
        let with_name = comment.voice_id == named;
        match current.iter_mut().find(|known| known.comment.id == comment.id) {
            // Words not yet at the desks are the newer ones.
            Some(known) if comment.batch_on.is_none() => *known = Mine { comment, with_name },
            Some(_) => {}
            None => current.push(Mine { comment, with_name }),
        }
    }
    Ok(current)
}

/// One of her own comments.
///
/// # Errors
/// When there is none with this id that this author's link wrote.
pub fn mine_one(tx: &mut Tx, author: &Author, id: CommentId) -> Result<Mine, Refusal> {
    said_by(tx, author)?.into_iter().find(|mine| mine.comment.id == id).ok_or(Refusal::Unknown("comment"))
}

/// Whether anything was said under this generation of the link.
///
/// # Errors
/// When the database fails.
pub fn said_anything(tx: &mut Tx, author: &Author) -> Result<bool, Fault> {
    let comments = queries::comments_of_voices(tx, &author.voices())?;
    Ok(comments.iter().any(|comment| author.wrote(comment.id, &comment.reader_tag))
        || super::answer::answered_any(tx, author)?
        || super::finish::finished(tx, author)?.is_some())
}

/// Changes one of her own comments; strictly before the deadline.
///
/// # Errors
/// Not hers, too late, or fields to mend.
pub fn change(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    arrived: DateTime<Utc>,
    id: CommentId,
    amend: &Amend,
) -> Result<Mine, Refusal> {
    let Mine { comment: mut changed, with_name } = mine_one(tx, author, id)?;
    only_before_deadline(consultation, arrived)?;
    let old_quote = changed.quote();
    let typed = NewComment {
        block: changed.block_key.clone(),
        version: Some(changed.version_number),
        position: Some(amend.position.clone().unwrap_or_else(|| changed.position.to_string())),
        condition: amend.condition.clone().unwrap_or_else(|| changed.condition.clone()),
        body: amend.body.clone().unwrap_or_else(|| changed.body.clone()),
        quote: amend.quote.clone().unwrap_or(old_quote),
        new_wording: amend.new_wording.clone().unwrap_or_else(|| changed.new_wording.clone()),
        permission: Some(amend.permission.clone().unwrap_or_else(|| changed.permission.to_string())),
        with_name: amend.with_name.unwrap_or(with_name),
    };
    let checked = check(&typed)?;
    changed.voice_id = voice::ensure(tx, author, checked.kind)?;
    changed.position = checked.position;
    changed.condition = checked.condition;
    changed.body = checked.body;
    changed.quote = checked.quote;
    changed.new_wording = checked.new_wording;
    changed.permission = checked.permission;
    changed.confirmed_in = confirmed(tx, &changed, amend.confirmed_in)?;
    keep_changed(tx, chance, &mut changed)?;
    Ok(Mine { comment: changed, with_name: checked.kind == Kind::Named })
}

/// What was at the desks stays there until the next batch: the change is a row beside it.
pub(super) fn keep_changed(tx: &mut Tx, chance: &Chance, changed: &mut Comment) -> Result<(), Fault> {
    if changed.batch_on.is_none() {
        return queries::update_comment(tx, changed);
    }
    changed.key = chance.key();
    changed.batch_on = None;
    queries::insert_comment(tx, changed)
}

/// Withdraws one of her own comments; strictly before the deadline. Words at the desks stay until
/// the next batch.
///
/// # Errors
/// Not hers, or too late.
pub fn withdraw(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    arrived: DateTime<Utc>,
    id: CommentId,
) -> Result<(), Refusal> {
    mine_one(tx, author, id)?;
    only_before_deadline(consultation, arrived)?;
    super::kept::forget_change(tx, author, id)?;
    Ok(queries::withdraw(tx, id)?)
}

pub(super) fn too_late(consultation: &Consultation) -> Refusal {
    use crate::consultations::State;
    Refusal::Late(match consultation.state {
        State::Preparing => "This consultation has not opened yet.".to_owned(),
        State::Closed if consultation.closed_at.is_some_and(|closed| closed < consultation.deadline.at) => {
            "This consultation was closed by its organiser.".to_owned()
        }
        _ => format!(
            "Comments closed on {} ({}).",
            consultation.deadline.local.format("%A %-d %B %Y at %H:%M"),
            consultation.deadline.zone.name()
        ),
    })
}

pub(super) fn only_before_deadline(consultation: &Consultation, arrived: DateTime<Utc>) -> Result<(), Refusal> {
    if consultation.judge(arrived) == Arrival::OnTime { Ok(()) } else { Err(too_late(consultation)) }
}

fn check_value<T: Copy>(
    problems: &mut Problems,
    field: &str,
    typed: Option<&str>,
    default: T,
    from_value: impl Fn(&str) -> Option<T>,
) -> T {
    match typed.filter(|typed| !typed.is_empty()) {
        None => default,
        Some(typed) => from_value(typed).unwrap_or_else(|| {
            problems.note(field, "not-a-choice", "Choose one of the values that are offered.");
            default
        }),
    }
}

const QUOTE_MAX: usize = 2_000;

fn check_quote(problems: &mut Problems, quote: &Quote) -> Option<String> {
    let exact = problems.check(text::words("quote.exact", &quote.exact, QUOTE_MAX))?;
    let prefix = problems.check(text::words("quote.prefix", &quote.prefix, QUOTE_MAX))?;
    let suffix = problems.check(text::words("quote.suffix", &quote.suffix, QUOTE_MAX))?;
    if exact.trim().is_empty() {
        return None;
    }
    let (start, end) = (quote.start, quote.end);
    if end.is_some_and(|end| start.is_none_or(|start| start >= end)) {
        problems.note(
            "quote.end",
            "not-after-start",
            "Give start and end as characters of the block, the end after the start.",
        );
    }
    serde_json::to_string(&Quote { exact, prefix, suffix, start, end }).ok()
}
