//! Plays the example's past: nine days ago it opened, since then people have written, day by day.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, NaiveTime, Utc};
use serde::Deserialize;

use super::{
    DRAFT, EMPLOYERS, Line, MEMBERS, NEGOTIATOR, NEXT_DRAFT, NEXT_SLUG, ORGANISER, PAIRS, PAIRS_SINCE, SECOND_DRAFT,
    SLUG, Stage, THIRD_DRAFT,
};
use super::{answers, blocks_of, deed, groups, lines, new_consultation, next_consultation, roll};
use crate::audit::Deed;
use crate::consultations::{self, New};
use crate::drafts::{self, Block, Format, Kind, anchor, document, pair, version};
use crate::ids::Id;
use crate::mail;
use crate::people::import::{self, ImportMode};
use crate::people::{Roles, member, staff};
use crate::refusal::Refusal;
use crate::responses::{self, Author, NewComment, Quote, Source, batch};
use crate::store::{Fault, Side, Tx};

/// Makes the example, unless it is there already. True when it was made now. `deliver` sends the mail
/// that is due at an instant.
///
/// # Errors
/// When the store fails.
pub async fn play(stage: &Stage, deliver: impl AsyncFn(DateTime<Utc>) -> Result<(), Refusal>) -> Result<bool, Refusal> {
    let there = stage.store.read(|tx| Ok::<_, Refusal>(consultations::by_slug(tx, SLUG).is_ok())).await?;
    if there {
        return Ok(false);
    }
    let now = stage.clock.now();
    let opened = (now - Duration::days(DAYS_OPEN)).date_naive().and_time(MORNING).and_utc();
    prepare(stage, &deed(opened - Duration::hours(2), &stage.chance)).await?;
    consultations::open(&stage.store, &stage.keys, &deed(opened, &stage.chance), SLUG).await?;
    plan(stage, opened, mail::Kind::Invitation, BTreeMap::new()).await?;
    deliver(opened).await?;
    let written = lines()?;
    let (first, second): (Vec<Line>, Vec<Line>) = written.into_iter().partition(|line| line.version == 1);
    comment(stage, opened, &first, DAYS_OPEN - 3).await?;
    let published = opened + Duration::days(DAYS_OPEN - 3) + Duration::hours(7);
    let note = "Brothers and sisters count for more in caseloads, the standby rate is £60, and nobody new to the work \
                holds a case in court alone.";
    next_version(stage, &deed(published, &stage.chance), SECOND_DRAFT, Some(note)).await?;
    let since = opened + Duration::days(DAYS_OPEN - 2);
    pair_again(stage, &deed(since, &stage.chance)).await?;
    comment(stage, since, &second, 1).await?;
    confirm(stage, &first, since + Duration::days(1)).await?;
    finish(stage, &[first, second].concat(), since + Duration::days(1)).await?;
    let note = education_note(stage).await?;
    let reminded = opened + Duration::days(DAYS_OPEN - 2);
    plan(stage, reminded, mail::Kind::Reminder, note).await?;
    deliver(reminded).await?;
    next_version(stage, &deed(now, &stage.chance), THIRD_DRAFT, None).await?;
    plan_ahead(stage, now).await?;
    prepare_next(stage, &deed(now, &stage.chance)).await?;
    accounts(stage, now).await?;
    groups::play(stage, now).await?;
    Ok(true)
}

const DAYS_OPEN: i64 = 9;
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(9, 30, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Members, consultation and draft, as an organiser prepares them on a Sunday evening.
async fn prepare(stage: &Stage, deed: &Deed) -> Result<(), Refusal> {
    let mode = ImportMode { dry_run: false, accept_valid: false };
    let outcome = import::import(&stage.store, deed, MEMBERS.as_bytes().to_vec(), mode).await?;
    if !outcome.rejected.is_empty() {
        return Err(Fault::Corrupt("the example's member list".to_owned()).into());
    }
    let (document, number) = bring(stage, deed, new_consultation(stage.clock.now()), DRAFT).await?;
    let of = deed.clone();
    let note = "First draft, after eleven team meetings.";
    let published = stage.store.write(Side::Members, move |tx| {
        version::publish(tx, &of, document, number, note)?;
        answers::ask(tx, &of)
    });
    published.await?;
    pair_with_employers(stage, deed).await
}

/// One pair of the example that the organiser corrects: blocks by their numbers, with key figures;
/// without theirs, a passage that answers nothing.
#[derive(Deserialize)]
struct Corrected {
    ours: Vec<String>,
    theirs: Vec<String>,
    #[serde(default)]
    ours_figure: String,
    #[serde(default)]
    theirs_figure: String,
}

/// The employer's text, published beside the draft; its pairs proposed, corrected and looked over.
async fn pair_with_employers(stage: &Stage, deed: &Deed) -> Result<(), Refusal> {
    let parsed = drafts::import::parse(Format::Markdown, EMPLOYERS)?;
    let ready = version::prepare(&version::Base::default(), parsed, &stage.chance);
    let corrected = corrected(PAIRS)?;
    let of = deed.clone();
    let published = move |tx: &mut Tx| {
        let consultation = consultations::by_slug(tx, SLUG)?.id;
        let title = "Shaping Stronger Services";
        let document = document::make(tx, &of, consultation, Kind::Comparison, title)?;
        let made = version::store(tx, &of, document.id, &ready)?;
        version::publish(tx, &of, document.id, made.number, "As the county gave it to us.")?;
        Ok::<_, Refusal>(consultation)
    };
    let consultation = stage.store.write(Side::Members, published).await?;
    pair::propose(&stage.store, deed, consultation).await?;
    let of = deed.clone();
    let paired = move |tx: &mut Tx| {
        for one in &corrected {
            correct(tx, &of, consultation, one)?;
        }
        pair::confirm(tx, &of, consultation, None)?;
        Ok(())
    };
    stage.store.write(Side::Members, paired).await
}

fn corrected(pairs: &str) -> Result<Vec<Corrected>, Fault> {
    serde_json::from_str(pairs).map_err(|error| Fault::Corrupt(error.to_string()))
}

/// Makes or changes the pair of our first passage; without theirs, takes it apart.
fn correct(tx: &mut Tx, deed: &Deed, consultation: Id, one: &Corrected) -> Result<(), Refusal> {
    let [our_text, _] = pair::texts(tx, consultation)?;
    let first = our_text.blocks.iter().find(|block| Some(&block.number) == one.ours.first());
    let known = pair::read(tx, consultation)?.pairs;
    let known = known.iter().find(|pair| first.is_some_and(|first| pair.ours.contains(&first.key)));
    match known.map(|pair| pair.id) {
        Some(known) if one.theirs.is_empty() => pair::part(tx, deed, consultation, known),
        None if one.theirs.is_empty() => Ok(()),
        known => {
            let wanted = pair::Wanted {
                ours: one.ours.clone(),
                theirs: one.theirs.clone(),
                ours_figure: one.ours_figure.clone(),
                theirs_figure: one.theirs_figure.clone(),
            };
            pair::keep(tx, deed, consultation, known, &wanted).map(|_| ())
        }
    }
}

/// The figures that the second version changed.
async fn pair_again(stage: &Stage, deed: &Deed) -> Result<(), Refusal> {
    let (of, corrected) = (deed.clone(), corrected(PAIRS_SINCE)?);
    let paired = move |tx: &mut Tx| {
        let consultation = consultations::by_slug(tx, SLUG)?.id;
        for one in &corrected {
            correct(tx, &of, consultation, one)?;
        }
        Ok(())
    };
    stage.store.write(Side::Members, paired).await
}

/// A second consultation, set up and not yet opened.
async fn prepare_next(stage: &Stage, deed: &Deed) -> Result<(), Refusal> {
    bring(stage, deed, next_consultation(stage.clock.now()), NEXT_DRAFT).await?;
    let of = deed.clone();
    let planned = move |tx: &mut Tx| {
        let consultation = consultations::by_slug(tx, NEXT_SLUG)?;
        mail::plan_standard(tx, &of, &consultation)
    };
    stage.store.write(Side::Members, planned).await?;
    Ok(())
}

/// A consultation with its draft, not yet published: the document and the version's number.
async fn bring(stage: &Stage, deed: &Deed, new: New, draft: &str) -> Result<(Id, i32), Refusal> {
    let id = deed.new_id();
    stage.keys.make_consultation(id)?;
    let parsed = drafts::import::parse(Format::Markdown, draft)?;
    let ready = version::prepare(&version::Base::default(), parsed.clone(), &stage.chance);
    let (of, title) = (deed.clone(), parsed.title.unwrap_or_default());
    let stored = move |tx: &mut Tx| {
        let consultation = consultations::make(tx, &of, id, &new)?;
        let document = document::make(tx, &of, consultation.id, Kind::Proposal, &title)?;
        let made = version::store(tx, &of, document.id, &ready)?;
        Ok((document.id, made.number))
    };
    stage.store.write(Side::Members, stored).await
}

/// A further version of the draft, published if there is a note to it.
async fn next_version(stage: &Stage, deed: &Deed, text: &str, note: Option<&'static str>) -> Result<(), Refusal> {
    let (document, base) = stage
        .store
        .read(|tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let proposal = drafts::proposal(tx, consultation.id)?.ok_or(Refusal::Unknown("document"))?;
            Ok::<_, Refusal>((proposal.id, version::base(tx, proposal.id)?))
        })
        .await?;
    let mut ready = version::prepare(&base, drafts::import::parse(Format::Markdown, text)?, &stage.chance);
    // As if it had been a Word file with remarks in its margin.
    for (opening, quote, body) in MARGIN.iter().filter(|_| note.is_some()) {
        let block = ready.blocks.iter().find(|block| block.text.starts_with(opening));
        let block = block.ok_or_else(|| Fault::Corrupt(format!("no block begins with {opening:?}")))?.key.clone();
        ready.notes.push(drafts::FileNote { block, quote: (*quote).to_owned(), body: (*body).to_owned() });
    }
    let of = deed.clone();
    let stored = move |tx: &mut Tx| {
        let made = version::store(tx, &of, document, &ready)?;
        let Some(note) = note else { return Ok(()) };
        let consultation = consultations::by_slug(tx, SLUG)?;
        drafts::publish(tx, &of, &consultation, document, made.number, note).map(|_| ())
    };
    stage.store.write(Side::Members, stored).await
}

/// What somebody wrote beside the second version: how the passage begins, the words meant, the remark.
const MARGIN: [(&str, &str, &str); 2] = [
    ("The out-of-hours desk", "£60 a session", "Payroll says £58.40. Round it up and say since when."),
    (
        "Nobody in the first year",
        "an hour of supervision a week",
        "The county promised this two years ago, in writing.",
    ),
];

async fn plan(stage: &Stage, at: DateTime<Utc>, kind: mail::Kind, notes: BTreeMap<Id, String>) -> Result<(), Refusal> {
    let of = deed(at, &stage.chance);
    stage
        .store
        .write(Side::Members, move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let new = mail::New::standard(kind, notes.clone());
            mail::plan(tx, &of, &consultation, &new)
        })
        .await?;
    Ok(())
}

/// What is still to go out: a last reminder the morning before the deadline, with other words for
/// the team that meets that day, and thanks after closing.
async fn plan_ahead(stage: &Stage, now: DateTime<Utc>) -> Result<(), Refusal> {
    let note = "You can also say it together: the Education meeting on the last day begins with the draft, at half \
                past two in the small hall. Bring the number of the paragraph you mean.";
    let notes = note_for(stage, "Education", note).await?;
    let last = mail::When {
        before_deadline: Some("P1D".to_owned()),
        at_time: Some("09:30".to_owned()),
        ..mail::When::default()
    };
    let after = mail::When { after_closing: true, ..mail::When::default() };
    let of = deed(now, &stage.chance);
    stage
        .store
        .write(Side::Members, move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            for (kind, when, notes) in
                [(mail::Kind::ClosingSoon, &last, notes.clone()), (mail::Kind::Thanks, &after, BTreeMap::new())]
            {
                let new = mail::New { when: when.clone(), ..mail::New::standard(kind, notes) };
                mail::plan(tx, &of, &consultation, &new)?;
            }
            Ok(())
        })
        .await
}

/// What the organiser adds for the team that has hardly written.
async fn education_note(stage: &Stage) -> Result<BTreeMap<Id, String>, Refusal> {
    let note = "We have hardly heard from Education so far. Section by section the draft asks who should lead school \
                attendance and special needs support: nobody knows that better than you do.";
    note_for(stage, "Education", note).await
}

async fn note_for(stage: &Stage, team: &'static str, note: &str) -> Result<BTreeMap<Id, String>, Refusal> {
    let teams = stage.store.read(|tx| Ok::<_, Refusal>(crate::people::team::list(tx)?)).await?;
    Ok(teams.into_iter().filter(|one| one.name == team).map(|one| (one.id, note.to_owned())).collect())
}

/// Spreads comments over some days, each day's words in a batch of their own.
async fn comment(stage: &Stage, from: DateTime<Utc>, lines: &[Line], days: i64) -> Result<(), Refusal> {
    let (authors, blocks) = (writers(stage, lines).await?, passages(stage, lines).await?);
    let per_day = lines.len().div_ceil(usize::try_from(days).unwrap_or(1));
    for (day, said) in (0..).zip(lines.chunks(per_day)) {
        let at = from + Duration::days(day) + Duration::hours(3);
        for line in said {
            let Some(author) = authors.get(&(line.team.clone(), line.member)).cloned() else { continue };
            let checked = responses::check(&new_comment(line, &blocks))?;
            let chance = stage.chance.clone();
            stage
                .store
                .write(Side::Voices, move |tx| {
                    let consultation = consultations::by_slug(tx, SLUG)?;
                    responses::submit(tx, &author, &consultation, &chance, at, &checked, Source::Web, None)
                })
                .await?;
        }
        bring_to_desks(stage, at).await?;
    }
    Ok(())
}

async fn bring_to_desks(stage: &Stage, at: DateTime<Utc>) -> Result<(), Refusal> {
    let consultation = stage.store.read(|tx| consultations::by_slug(tx, SLUG)).await?;
    batch::daily(&stage.store, &consultation, consultation.day_of(at)).await?;
    Ok(())
}

/// Some have looked at the second version and said that their words still hold.
async fn confirm(stage: &Stage, lines: &[Line], at: DateTime<Utc>) -> Result<(), Refusal> {
    let authors = writers(stage, lines).await?;
    for line in lines.iter().filter(|line| line.confirmed) {
        let Some(author) = authors.get(&(line.team.clone(), line.member)).cloned() else { continue };
        let (chance, body) = (stage.chance.clone(), line.body.clone());
        stage
            .store
            .write(Side::Voices, move |tx| {
                let consultation = consultations::by_slug(tx, SLUG)?;
                let own = responses::said_by(tx, &author)?;
                let own = own.iter().find(|own| own.comment.body == body).ok_or(Refusal::Unknown("comment"))?;
                responses::confirm(tx, &author, &consultation, &chance, at, own.comment.id, 2).map(|_| ())
            })
            .await?;
    }
    Ok(())
}

/// Two thirds of those who wrote have finished, by the key of their name.
async fn finish(stage: &Stage, lines: &[Line], at: DateTime<Utc>) -> Result<(), Refusal> {
    let authors = writers(stage, lines).await?;
    answers::answer(stage, &authors, at).await?;
    let mut done: Vec<((String, usize), Author)> = authors.into_iter().collect();
    done.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (_, author) in done.into_iter().enumerate().filter(|(n, _)| n % 3 != 0).map(|(_, one)| one) {
        let chance = stage.chance.clone();
        stage
            .store
            .write(Side::Voices, move |tx| {
                let consultation = consultations::by_slug(tx, SLUG)?;
                responses::finish(tx, &author, &consultation, &chance, at, false)
            })
            .await?;
    }
    bring_to_desks(stage, at).await
}

type Writers = HashMap<(String, usize), Author>;

/// Who wrote these lines, as each one's link signs her in.
async fn writers(stage: &Stage, lines: &[Line]) -> Result<Writers, Refusal> {
    let (roll, lines) = (roll()?, lines.to_vec());
    let keys = stage.keys.clone();
    stage
        .store
        .read(move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let ids: HashMap<String, Id> = member::list(tx, None, None, 1000)?
                .into_iter()
                .filter_map(|one| Some((one.membership_number?, one.id)))
                .collect();
            let mut authors = HashMap::new();
            for line in &lines {
                let known = roll.get(&line.team).and_then(|team| team.get(line.member));
                let Some(id) = known.and_then(|(_, number)| ids.get(number)) else { continue };
                if let Some(invitation) = consultations::by_member(tx, consultation.id, *id)? {
                    authors.insert((line.team.clone(), line.member), Author::new(&keys, invitation)?);
                }
            }
            Ok(authors)
        })
        .await
}

/// The passages that these lines are about, in what is published now.
async fn passages(stage: &Stage, lines: &[Line]) -> Result<HashMap<String, Block>, Refusal> {
    let lines = lines.to_vec();
    stage
        .store
        .read(move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let [ours, theirs] = pair::texts(tx, consultation.id)?;
            blocks_of(&lines, &[ours.blocks, theirs.blocks].concat())
        })
        .await
}

fn new_comment(line: &Line, blocks: &HashMap<String, Block>) -> NewComment {
    let block = line.block.as_ref().and_then(|opening| blocks.get(opening));
    let quote = block
        .filter(|_| !line.quote.is_empty())
        .map(|block| Quote { exact: line.quote.clone(), ..quote_in(&block.text, &line.quote).unwrap_or_default() });
    NewComment {
        block: block.map(|block| block.key.clone()),
        version: Some(line.version),
        position: Some(line.position.clone()),
        condition: line.condition.clone(),
        body: line.body.clone(),
        quote,
        new_wording: line.new_wording.clone(),
        permission: Some(line.permission.clone()),
        with_name: line.with_name,
    }
}

/// Where the words stand, as somebody's browser would say it.
fn quote_in(text: &str, words: &str) -> Option<Quote> {
    let start = text[..text.find(words)?].chars().count();
    let found = anchor::selector(text, start, start + words.chars().count())?;
    let place = |place: Option<usize>| place.and_then(|place| u32::try_from(place).ok());
    let (start, end) = (place(found.start), place(found.end));
    Some(Quote { exact: found.exact, prefix: found.prefix, suffix: found.suffix, start, end })
}

async fn accounts(stage: &Stage, now: DateTime<Utc>) -> Result<(), Refusal> {
    for ((email, name), role) in [(ORGANISER, "organiser,negotiator,admin"), (NEGOTIATOR, "negotiator")] {
        let of = deed(now, &stage.chance);
        stage.store.write(Side::Members, move |tx| staff::add(tx, &of, email, name, &Roles::parse(role)?)).await?;
    }
    Ok(())
}
