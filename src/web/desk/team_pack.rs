//! The team pack: the draft with its numbers, the questions, and slips to tear off. A page made to be
//! printed; its code leads to the public page, never to anybody's own link.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::consultations::{self, Question, QuestionKind, question};
use crate::drafts::{self, import::letter_html};
use crate::links;
use crate::refusal::Refusal;
use crate::responses::group_response::Circles;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::member::{choice_words, contact, square};
use crate::web::view::{BlockView, PackQuestion, PackTeam, TeamPack};
use crate::words::Language;

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Asked {
    /// A team's id; empty for everybody's pack.
    team: String,
    /// `large` for large print.
    size: String,
}

/// # Errors
/// No such consultation or team; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (shared, asked) = (house.clone(), asked.into_inner());
    let found = house.read(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        let edition = match drafts::place(tx, of.id, None, None) {
            Ok(place) => Some(shared.shelf.edition_of(tx, &place)?),
            Err(Refusal::Conflict { .. }) => None,
            Err(refusal) => return Err(refusal),
        };
        let circles = Circles::of(tx, of.id)?;
        let questions = question::list(tx, of.id)?;
        Ok((of, edition, circles, questions))
    });
    let (of, edition, circles, questions) = found.await?;
    let teams = circles.choices();
    let team = match asked.team.as_str() {
        "" => None,
        id => Some(teams.iter().find(|team| team.id.to_string() == id).ok_or(Failure::NotFound)?.name.clone()),
    };
    let (page, token) = super::page_of(&request, &house, &of, super::Way::Share);
    let language = Language::English;
    let address = house.links.absolute(&links::consultation(&of.slug));
    let large = asked.size == "large";
    let size = |large: bool| if large { "large" } else { "" };
    let pack = |team: &str, large| links::desk_team_pack(&of.slug, &[("team", team), ("size", size(large))]);
    let mut blocks: Vec<BlockView> = edition.iter().flat_map(|edition| &edition.blocks).map(block).collect();
    BlockView::join_lists(&mut blocks);
    let version = edition.as_ref().map(|edition| &edition.version);
    let view = TeamPack {
        deadline: super::deadline(&house, &of),
        title: of.title.clone(),
        team,
        teams: teams
            .iter()
            .map(|team| PackTeam { name: team.name.clone(), url: pack(&team.id.to_string(), large) })
            .collect(),
        everybody_url: pack("", large),
        large,
        other_size_url: pack(&asked.team, !large),
        back_url: links::desk_share(&of.slug),
        version: version.map_or(0, |version| version.number),
        published_words: version
            .and_then(|version| version.published_at)
            .map(|at| house.words.date_words(language, of.day_of(at)))
            .unwrap_or_default(),
        letter_html: letter_html(&of.letter),
        blocks,
        questions: questions.iter().map(|question| on_paper(&house, question)).collect(),
        code: square(&address).ok_or(Failure::NotFound)?,
        address,
        contact: contact(&of),
        join_url: of.join_url.clone(),
        page,
    };
    super::shown(&house, "desk/team_pack.html", &view, token)
}

/// A question as it stands on paper.
fn on_paper(house: &House, question: &Question) -> PackQuestion {
    let choice = |choice: &String| {
        let ends = question.scale.as_ref().and_then(|scale| match choice {
            point if *point == scale.from.to_string() => Some(&scale.from_words),
            point if *point == scale.to.to_string() => Some(&scale.to_words),
            _ => None,
        });
        match ends.filter(|words| !words.is_empty()) {
            Some(words) => format!("{choice}: {words}"),
            None => choice_words(house, Language::English, question, choice),
        }
    };
    PackQuestion {
        words: question.wording.clone(),
        hint: question.help.clone(),
        choices: question.choices().iter().map(choice).collect(),
        lines: match question.kind {
            QuestionKind::LongText => 4,
            _ => usize::from(question.takes_words()),
        },
    }
}

fn block(block: &drafts::Block) -> BlockView {
    BlockView {
        key: block.key.clone(),
        number: block.number.clone(),
        kind: block.kind.as_str(),
        level: u8::try_from(block.level).unwrap_or(6).min(6),
        html: block.html.clone(),
        opens_list: false,
        closes_list: false,
    }
}
