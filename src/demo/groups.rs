//! What the example's teams said together: a meeting of Education, slips from the youth workers, a
//! record that waits for the organiser, and two colleagues who are not on the list.

use chrono::{DateTime, Duration, Utc};

use super::{SLUG, Stage, deed};
use crate::consultations::joining::{self, NewRequest};
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::people::member;
use crate::refusal::Refusal;
use crate::responses::Author;
use crate::responses::group_response::{self, NewMeeting, NewPoint, NewSlip, Pen};
use crate::store::{Side, Tx};

/// Plays it, as if the last days before `now`.
pub(super) async fn play(stage: &Stage, now: DateTime<Utc>) -> Result<(), Refusal> {
    let (keys, chance) = (stage.keys.clone(), stage.chance.clone());
    let of = deed(now, &stage.chance);
    let day = |ago: i64| (now - Duration::days(ago)).date_naive().to_string();
    let (met, collected, gathered) = (day(2), day(3), day(1));
    stage
        .store
        .write(Side::Members, move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let organiser = Pen::Organiser(of.clone());
            let education = team(tx, "Education")?;
            group_response::record(tx, &organiser, &consultation, &meeting(education, &met), false)?;
            let youth = team(tx, "Youth")?;
            let pile = group_response::begin_slips(tx, &organiser, &consultation, Some(youth), &collected, "")?;
            for (block, position, words, permission) in SLIPS {
                let slip = NewSlip {
                    points: vec![point(block, position, words)],
                    permission: permission.to_owned(),
                    ..NewSlip::default()
                };
                group_response::add_slip(tx, &organiser, &consultation, pile.id, &slip)?;
            }
            if let Some(author) = somebody(tx, &keys, &consultation)? {
                let member = Pen::Member(Box::new(author), chance.clone(), now);
                let told = "Samina Rafiq";
                let new = NewMeeting {
                    team: Some(team(tx, "Assessment")?),
                    place: "Duty room, over lunch".to_owned(),
                    held_on: gathered.clone(),
                    present: Some(9),
                    told_by: told.to_owned(),
                    points: vec![point(
                        "5.2",
                        "support_if",
                        "Nine of us would sign the ceiling today if it names who stops the allocations.",
                    )],
                    ..NewMeeting::default()
                };
                group_response::record(tx, &member, &consultation, &new, false)?;
            }
            joining::set_employer_domains(tx, &of, &consultation, "wendershire.example")?;
            for (name, email, path, says_member, number) in ASKING {
                let new = NewRequest {
                    name: name.to_owned(),
                    email: email.to_owned(),
                    team: Some(team(tx, path)?),
                    says_member: says_member.to_owned(),
                    membership_number: number.to_owned(),
                };
                if let Some(id) = joining::ask(tx, &keys, &chance, &consultation, now, &new)? {
                    joining::confirm(tx, &joining::token(&keys, id), now)?;
                }
            }
            Ok(())
        })
        .await
}

/// Number, position, words, and what was ticked.
const SLIPS: [(&str, &str, &str, &str); 4] = [
    (
        "6",
        "support",
        "Twelve sessions, yes. The kids at the skate park ask us every week if it is still on.",
        "paraphrase",
    ),
    ("6", "support_if", "Only with a taxi home after ten that comes when it is rung for.", "word_for_word"),
    ("", "oppose", "No more reorganising. We had one the year before last and one the year before that.", "count_only"),
    ("4", "neutral", "Where would the desks go? There are not enough plugs as it is.", "paraphrase"),
];

const ASKING: [(&str, &str, &str, &str, &str); 2] = [
    ("Ines Ferreira", "ines.ferreira@example.net", "Education", "yes", "CS20417"),
    ("Callum Drake", "callum.drake@wendershire.example", "Youth", "no", ""),
];

fn point(block: &str, position: &str, words: &str) -> NewPoint {
    NewPoint { block: block.to_owned(), position: position.to_owned(), words: words.to_owned() }
}

fn meeting(team: Id, day: &str) -> NewMeeting {
    NewMeeting {
        team: Some(team),
        place: "Small hall, County House".to_owned(),
        held_on: day.to_owned(),
        present: Some(12),
        in_favour: Some(7),
        against: Some(3),
        unsure: Some(2),
        dissent: "Three would rather have a director of education of their own than sit under early help.".to_owned(),
        points: vec![
            point("1.1", "support_if", "Three posts are right if one of the three has taught in a school."),
            point(
                "7.2",
                "",
                "Nobody asked the plan writers who would move. They want to see the figures before they say yes.",
            ),
        ],
        ..NewMeeting::default()
    }
}

fn team(tx: &mut Tx, name: &str) -> Result<Id, Refusal> {
    let teams = crate::people::team::list(tx)?;
    teams.into_iter().find(|team| team.name.starts_with(name)).map(|team| team.id).ok_or(Refusal::Unknown("team"))
}

/// A member of the assessment team who is no rep.
fn somebody(tx: &mut Tx, keys: &crate::keys::Keys, of: &Consultation) -> Result<Option<Author>, Refusal> {
    let Some(member) = member::by_address(tx, "rafiq.samina@example.org")? else { return Ok(None) };
    let invitation = consultations::by_member(tx, of.id, member.id)?;
    invitation.map(|invitation| Author::new(keys, invitation)).transpose()
}
