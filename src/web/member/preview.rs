//! How a comment looks at the desks, shown to its writer alone, with what could point to her marked.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, deadline};
use super::here::Here;
use super::passage::Passage;
use super::typed::Typed;
use crate::drafts::Change;
use crate::links;
use crate::responses::identifying::{self, Names};
use crate::responses::{Mine, NewComment};
use crate::web::desk::said::{Marking, Room, Said};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::standing::Standing;
use crate::web::view::{PreviewPage, SeenComment};

/// A comment that is not sent yet; `changing` one that was.
///
/// # Errors
/// When the page cannot be rendered.
#[expect(clippy::too_many_arguments, reason = "who, where and what of one page")]
pub fn page(
    request: &HttpRequest,
    house: &House,
    here: &Here,
    passage: &Passage,
    new: &NewComment,
    typed: &Typed,
    action_url: String,
    changing: bool,
) -> Result<HttpResponse, Failure> {
    let said = Said {
        position: new.position.as_deref().filter(|position| !position.is_empty()).unwrap_or("neutral"),
        condition: &new.condition,
        body: &new.body,
        quote: new.quote.clone(),
        new_wording: &new.new_wording,
        permission: new.permission.as_deref().filter(|given| !given.is_empty()).unwrap_or("count_only"),
        label: here.label.clone(),
        name: new.with_name.then(|| here.name.clone()),
        late: false,
        version: passage.version,
        change: Change::Unchanged,
    };
    let words = [new.condition.as_str(), &new.body, &new.new_wording];
    let (names, identifying) = pointing(here, new.with_name, words);
    let comment = SeenComment {
        number: passage.number().unwrap_or_default(),
        said: said.shown(passage.text_then.as_deref(), marking(new.with_name, &names), Room::WHOLE),
        identifying,
        ..SeenComment::default()
    };
    let frame = Frame::of(request, house, here);
    frame.show(house, StatusCode::OK, "member/preview.html", |page| PreviewPage {
        page,
        deadline: deadline(house, here.language, &here.consultation),
        comment,
        with_my_name: new.with_name,
        label: here.label.clone(),
        changing,
        action_url,
        fields: typed.fields(),
    })
}

/// One of her stored comments as negotiators see it.
#[must_use]
pub fn seen_again(here: &Here, mine: &Mine, standing: Option<&Standing>) -> SeenComment {
    let comment = &mine.comment;
    let (names, identifying) = pointing(here, mine.with_name, words(mine));
    let name = mine.with_name.then(|| here.name.clone());
    let change = standing.map_or(Change::Unchanged, |standing| standing.today.change);
    let said = Said::of(comment, here.label.clone(), name, change);
    let quote = said.quote.clone();
    let then = standing.map(|standing| standing.today.then.text.as_str());
    let mut said = said.shown(then, marking(mine.with_name, &names), Room::WHOLE);
    let passage = standing.map(|standing| standing.passage(quote.as_ref(), ROOM));
    if passage.as_ref().is_some_and(|passage| passage.was.iter().any(|piece| piece.found)) {
        // The quotation is marked in the passage above.
        (said.quote, said.quote_marked) = (String::new(), Vec::new());
    }
    SeenComment {
        number: standing.map(number).unwrap_or_default(),
        passage,
        said,
        identifying,
        change_url: Some(links::change(&here.consultation.slug, comment.id)),
        receipt: comment.receipt.clone(),
    }
}

/// What could point to her in one of her comments, each kind once; nothing where it carries her name.
#[must_use]
pub fn points(here: &Here, mine: &Mine) -> Vec<&'static str> {
    pointing(here, mine.with_name, words(mine)).1
}

/// Bytes of a passage on the page of the whole response.
const ROOM: usize = 900;

fn words(mine: &Mine) -> [&str; 3] {
    [&mine.comment.condition, &mine.comment.body, &mine.comment.new_wording]
}

/// As it is called today; of a passage that is gone, as it was.
fn number(standing: &Standing) -> String {
    standing.today.now.first().unwrap_or(&standing.today.then).number.clone()
}

fn pointing(here: &Here, with_name: bool, words: [&str; 3]) -> (Names, Vec<&'static str>) {
    let names = Names::of(&here.consultation.identifying_words, &here.name);
    let mut kinds: Vec<&'static str> = Vec::new();
    for found in words.into_iter().filter(|_| !with_name).flat_map(|text| identifying::find(text, &names)) {
        if !kinds.contains(&found.kind.as_str()) {
            kinds.push(found.kind.as_str());
        }
    }
    (names, kinds)
}

fn marking(with_name: bool, names: &Names) -> Marking<'_> {
    if with_name { Marking::Nothing } else { Marking::Identifying(names) }
}
